/* What the MRI reader loads: an index, and pictures and outlines a few slices at a time, each once.
   They are scripts, because a page on a disk may fetch nothing else. */
(() => {
  "use strict";
  const files = new Map();

  /** A script of the reader's folder, once. */
  const load = (address) => {
    if (!files.has(address)) {
      files.set(address, new Promise((good, bad) => {
        const script = document.createElement("script");
        script.src = address;
        script.onload = () => good();
        script.onerror = () => {
          files.delete(address);
          bad(new Error(`${address} did not load`));
        };
        document.head.append(script);
      }));
    }
    return files.get(address);
  };

  const picture = async (data) => {
    const image = new Image();
    image.src = `data:image/webp;base64,${data}`;
    await image.decode();
    return image;
  };

  class Store {
    constructor(folder) {
      this.folder = folder;
      this.greys = new Map();
    }

    async index() {
      await load(`${this.folder}index.js`);
      return window.mriIndex;
    }

    /** What one file says of a slice, or nothing where the state does not differ there. */
    async part(state, kind, slice) {
      const { states, block } = window.mriIndex;
      const number = Math.floor(slice / block);
      if (!states[state].blocks.includes(number)) return null;
      const name = `${state}-${kind}-${number}`;
      await load(`${this.folder}${name}.js`);
      return window.mriParts[name][slice] ?? null;
    }

    /** The same from the state that all others build on up to the state itself. */
    async layers(state, kind, slice) {
      const { base } = window.mriIndex.states[state];
      const [below, own] = await Promise.all([
        base ? this.layers(base, kind, slice) : [], this.part(state, kind, slice),
      ]);
      return own ? [...below, own] : below;
    }

    /** The grey values of a slice, a byte for each pixel. */
    grey(state, sequence, slice) {
      const name = `${state} ${sequence} ${slice}`;
      if (!this.greys.has(name)) {
        const made = this.compose(state, sequence, slice);
        made.catch(() => this.greys.delete(name));
        this.greys.set(name, made);
      }
      return this.greys.get(name);
    }

    async compose(state, sequence, slice) {
      const { pixels } = window.mriIndex;
      const layers = await this.layers(state, sequence, slice);
      const images = await Promise.all(layers.map(([, , , , data]) => picture(data)));
      const canvas = Object.assign(document.createElement("canvas"), { width: pixels, height: pixels });
      const context = canvas.getContext("2d", { willReadFrequently: true });
      images.forEach((image, n) => context.drawImage(image, layers[n][0], layers[n][1]));
      const { data } = context.getImageData(0, 0, pixels, pixels);
      return Uint8Array.from({ length: pixels * pixels }, (_, i) => data[4 * i]);
    }

    /** The paths of all structures of a slice, by name, in the order in which they are drawn. */
    async outlines(state, slice) {
      const merged = Object.assign({}, ...await this.layers(state, "outlines", slice));
      return Object.fromEntries(Object.keys(window.mriIndex.names)
        .filter((name) => merged[name]).map((name) => [name, merged[name]]));
    }
  }

  window.mriStore = (folder) => new Store(folder);
})();
