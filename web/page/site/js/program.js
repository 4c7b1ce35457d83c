// Runs a program built by Emscripten, in a frame of its own (run.html).

// One run. `line(text, isFailure)` is called for each line it prints. `ended` resolves to {status, milliseconds} of
// main(), without the time to load it; a run that was stopped has the status 'stopped'.
export class Run {
  #frame;
  #listener;
  #finish;
  #begun = 0;

  constructor(program, args, line) {
    this.ended = new Promise((resolve) => { this.#finish = resolve; });
    this.#frame = document.createElement('iframe');
    this.#frame.hidden = true;
    this.#frame.title = `The program ${program}`;
    this.#frame.src = `run.html#${encodeURIComponent(JSON.stringify({ program, args }))}`;
    this.#listener = ({ source, data }) => {
      if (source !== this.#frame.contentWindow) return;
      if (data.begun) this.#begun = performance.now();
      if (data.line !== undefined) line(data.line, Boolean(data.failure));
      if (data.ended !== undefined) this.#end(data.ended);
    };
    addEventListener('message', this.#listener);
    document.body.append(this.#frame);
  }

  stop() { this.#end('stopped'); }

  #end(status) {
    removeEventListener('message', this.#listener);
    this.#frame.remove(); // with it go the program's workers and its WebSocket
    this.#finish({ status, milliseconds: this.#begun ? performance.now() - this.#begun : 0 });
  }
}
