// The live figures: a program (web/page/pulse.cc) that asks PING again and again, here and, once, natively.
import { byId, count, duration, setText } from './dom.js';
import { explain } from './explain.js';
import { Run } from './program.js';

const minute = 60; // samples, one a second

function drawSpark(rates) {
  const svg = byId('spark');
  const top = Math.max(...rates, 1);
  const points = rates.map((rate, i) => [300 - (rates.length - 1 - i) * (300 / (minute - 1)), 62 - 58 * (rate / top)]);
  const line = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  const area = `${points[0][0].toFixed(1)},64 ${line} 300,64`;
  svg.innerHTML = `<polygon points="${area}"/><polyline points="${line}" vector-effect="non-scaling-stroke"/>`;
  setText(byId('spark-top'), rates.length > 1 ? `highest ${count(top)}` : '');
}

function show(column, sample) {
  for (const cell of document.querySelectorAll(`#latency [data-${column}]`)) {
    const value = sample[cell.dataset[column]];
    if (value !== undefined) setText(cell, cell.dataset[column].endsWith('_us') ? duration(value) : count(value));
  }
}

export class Live {
  #target;
  #run = null;
  #wanted = true;
  #rates = [];
  #total = 0;
  samples = 0;

  constructor(target) {
    this.#target = target;
    byId('live-toggle').addEventListener('click', () => {
      this.#wanted = !this.#wanted;
      this.update();
    });
    document.addEventListener('visibilitychange', () => this.update());
  }

  showNative(run) {
    const line = run.output.split('\n').find((text) => text.startsWith('{'));
    if (run.status === 0 && line) show('native', JSON.parse(line));
  }

  // Starts or stops the program, as the button and the page's visibility ask.
  update() {
    setText(byId('live-toggle'), this.#wanted ? 'Pause' : 'Go on');
    const on = this.#wanted && !document.hidden;
    if (on && !this.#run) this.#start();
    if (!on && this.#run) this.#run.stop();
  }

  #start() {
    const problem = byId('live-problem');
    let said = '';
    const run = new Run('pulse', [this.#target.host, String(this.#target.port)], (line, failure) => {
      if (failure || !line.startsWith('{')) {
        said = line;
        return;
      }
      problem.hidden = true;
      this.#take(JSON.parse(line));
    });
    this.#run = run;
    run.ended.then(({ status }) => {
      this.#run = null;
      if (status === 'stopped') return;
      setText(byId('rate'), '–');
      problem.hidden = false;
      setText(problem, [said || `It ended with status ${status}`, explain(said, this.#target)].filter(Boolean).join('. '));
    });
  }

  #take(sample) {
    this.samples += 1;
    this.#total += sample.round_trips;
    this.#rates = [...this.#rates, sample.per_second].slice(-minute);
    setText(byId('rate'), count(sample.per_second));
    show('page', { ...sample, total: this.#total });
    drawSpark(this.#rates);
  }
}
