// One example: its source, what it printed natively, and what it prints here.
import { element, setText } from './dom.js';
import { explain } from './explain.js';
import { Run } from './program.js';
import { listing } from './source.js';

const quoted = (text) => (/^[\w.:/-]+$/.test(text) ? text : `'${text}'`);
const commandLine = (program, args) => [program, ...args].map(quoted).join(' ');

function ending({ status, milliseconds }) {
  if (status === 'stopped') return 'stopped';
  const time = milliseconds < 10 ? milliseconds.toFixed(1) : milliseconds.toFixed(0);
  return `${status === 0 ? 'ended well' : `ended with status ${status}`} after ${time} ms`;
}

// A column: a heading, what was printed, and how it ended.
class Column {
  #output = element('pre', { class: 'output', role: 'log', tabindex: '0' });
  #end = element('p', { class: 'end' });
  #hint = element('p', { class: 'problem', hidden: true });

  constructor(title, detail) {
    this.#output.setAttribute('aria-label', `Output, ${title}`);
    this.node = element('div', { class: 'column' },
      element('h3', {}, title, element('span', {}, detail)), this.#output, this.#end, this.#hint);
  }

  clear(state) {
    this.#output.replaceChildren();
    this.#hint.hidden = true;
    this.state(state);
  }

  state(text, kind = '') {
    setText(this.#end, text);
    this.#end.dataset.kind = kind;
  }

  line(text, failure = false) {
    this.#output.append(element('span', failure ? { class: 'failure' } : {}, `${text.replace(/\r$/, '')}\n`));
  }

  addBelow(node) { this.#end.after(node); }

  finish(result) { this.state(ending(result), result.status === 0 ? 'good' : result.status === 'stopped' ? '' : 'bad'); }

  hint(text) {
    this.#hint.hidden = !text;
    setText(this.#hint, text);
  }
}

// options: {name, what, native, page (details of the columns), fields: [{label, name, value, size}], bind, server}
export class Panel {
  #options;
  #native;
  #page;
  #fields = [];
  #button;
  #run = null;
  #listening;
  lines = [];

  constructor(options) {
    this.#options = options;
    this.#native = new Column('On this machine', options.native);
    this.#page = new Column('In this page', options.page);
    this.#button = element('button', { type: 'submit' }, 'Run');
    const inputs = options.fields.map(({ label, value, size }) => {
      const input = element('input', { value: String(value), size: String(size), spellcheck: 'false', autocomplete: 'off' });
      this.#fields.push(input);
      return element('label', {}, label, input);
    });
    const form = element('form', {
      onsubmit: (event) => {
        event.preventDefault();
        if (this.#run) this.#run.stop();
        else this.run();
      },
    }, ...inputs, this.#button);
    const source = element('details', {}, element('summary', {}, 'The source of both: ', element('code', {}, `docs/examples/${options.name}.cc`)));
    source.addEventListener('toggle', () => this.#showSource(source), { once: true });
    this.#listening = element('p', { class: 'listening', hidden: true });
    this.#page.addBelow(this.#listening);
    this.node = element('section', { class: 'card', 'aria-labelledby': `${options.name}-title` },
      element('div', { class: 'head' },
        element('div', {}, element('h2', { id: `${options.name}-title` }, options.name),
          element('p', { class: 'what' }, options.what)),
        form),
      element('div', { class: 'columns' }, this.#native.node, this.#page.node), source);
  }

  get #args() { return this.#fields.map((input) => input.value.trim()); }
  get #target() {
    const [host, port] = this.#args;
    return { host, port, bind: this.#options.bind };
  }

  async #showSource(details) {
    try {
      const response = await fetch(`source/${this.#options.name}.cc`);
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      details.append(listing(await response.text()));
    } catch (error) {
      details.append(element('p', { class: 'problem' }, `The source cannot be shown: ${error.message}.`));
    }
  }

  // What web/demo recorded of the native run.
  showNative(run) {
    this.#native.clear('');
    this.#native.line(`$ ${commandLine(run.program, run.arguments)}`);
    for (const line of run.output.trimEnd().split('\n')) this.#native.line(line, run.status !== 0);
    this.#native.finish(run);
  }

  waitNative(text) { this.#native.clear(text); }

  // Runs the program here; resolves to its result, with what it printed as `lines`.
  async run() {
    this.lines = [];
    this.#page.clear('loading');
    setText(this.#button, 'Stop');
    this.#page.line(`> ${commandLine(this.#options.name, this.#args)}`);
    let failure = '';
    this.#run = new Run(this.#options.name, this.#args, (line, failed) => {
      this.lines.push(line);
      this.#page.line(line, failed);
      this.#page.state('running');
      if (failed) failure = line;
      this.#options.line?.(line, this);
    });
    const result = await this.#run.ended;
    this.#run = null;
    this.#listening.hidden = true;
    setText(this.#button, 'Run');
    this.#page.finish(result);
    if (result.status !== 0 && result.status !== 'stopped') this.#page.hint(explain(failure, this.#target));
    return { ...result, lines: this.lines };
  }

  stop() { this.#run?.stop(); }

  // A server here listens on `url`: says so, with a link.
  listening(url) {
    this.#listening.replaceChildren('This page is a server now: ', element('a', { href: url, target: '_blank', rel: 'noopener' }, url));
    this.#listening.hidden = false;
  }
}
