/* On a disk a browser starts no worker from a file. The theme's search runs in a frame instead: the
   same script, which finds there what a worker has. No script is written into the frame, so that
   pages need not allow any. */
{
  class FrameWorker extends EventTarget {
    constructor(address) {
      super();
      this.frame = document.body.appendChild(Object.assign(document.createElement("iframe"), { hidden: true }));
      const { contentWindow: inside } = this.frame;
      inside.document.open(); // without this Firefox exchanges the document once more
      inside.document.close();
      inside.postMessage = data => this.dispatchEvent(new MessageEvent("message", { data }));
      inside.importScripts = (...names) =>
        names.reduce((before, name) => before.then(() => loaded(inside, name)), Promise.resolve());
      this.ready = loaded(inside, address).catch(error => this.dispatchEvent(new ErrorEvent("error", { message: error.message })));
    }

    postMessage(data) {
      const message = structuredClone(data);
      this.ready.then(() => this.frame.contentWindow?.dispatchEvent(new MessageEvent("message", { data: message })));
    }

    terminate() {
      this.frame.remove();
    }
  }

  for (const kind of ["message", "error"]) {
    Object.defineProperty(FrameWorker.prototype, `on${kind}`, {
      set(hear) {
        this.addEventListener(kind, hear);
      },
    });
  }

  const loaded = (inside, address) =>
    new Promise((done, failed) => {
      const script = inside.document.createElement("script");
      Object.assign(script, { src: address, async: false, onload: done });
      script.onerror = () => failed(new Error(`${address} did not load`));
      inside.document.body.append(script);
    });

  if (location.protocol === "file:") window.Worker = FrameWorker;
}
