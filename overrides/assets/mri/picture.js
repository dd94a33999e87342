/* A slice on a canvas: window and level, and the noise of a scanner. The noise is added here, the
   same every time, because pictures that hold it are twice as large. */
(() => {
  "use strict";
  const MANY = 1 << 16;
  const WHITE = 255;

  /** Numbers that scatter about 0 as noise does, from a fixed seed. */
  const scattered = () => {
    let seed = 1;
    const even = () => {
      seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
      return (seed >>> 8) / (1 << 24);
    };
    return Float32Array.from({ length: MANY }, () => even() + even() + even() + even() - 2);
  };
  let noise;

  /** What a grey value with noise becomes under a window (its width) and a level (its middle). */
  const shade = (grey, one, other, { width, level }) =>
    (Math.hypot(grey + one, other) - level) / width * WHITE + WHITE / 2;

  /** Draws grey values; `strength` is the noise in grey values, `slice` gives each its own. */
  window.mriPaint = (canvas, grey, { width, level, strength, slice }) => {
    noise ??= scattered();
    const side = Math.sqrt(grey.length);
    const image = new ImageData(side, side);
    const pixels = new Uint32Array(image.data.buffer); // each 0xAABBGGRR
    grey.forEach((value, i) => {
      const at = i * 7 + slice * 4099;
      const shown = shade(value, strength * noise[at % MANY], strength * noise[(at * 3 + 11) % MANY],
        { width, level });
      const byte = Math.max(0, Math.min(WHITE, Math.round(shown)));
      pixels[i] = 0xff000000 | (byte * 0x10101);
    });
    const own = Object.assign(document.createElement("canvas"), { width: side, height: side });
    own.getContext("2d").putImageData(image, 0, 0);
    const context = canvas.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.drawImage(own, 0, 0, canvas.width, canvas.height);
  };
})();
