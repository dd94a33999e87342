/* The receipt of a submission: the same code as Python's assignments/receipt.py, without the browser's
   own hashes, which pages that come over plain http do not have. */
(() => {
  "use strict";
  const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const LARGE = 1e9;

  function written(value) {
    if (value === null || value === undefined) return "n";
    if (typeof value === "boolean") return value ? "t" : "f";
    if (typeof value === "number") return Math.abs(value) <= LARGE ? `#${String(Math.floor(value * 1e6 + 0.5))};` : "#?;";
    if (typeof value === "string") return `"${[...value].length}:${value}`;
    if (Array.isArray(value)) return `[${value.map(written).join("")}]`;
    const names = Object.keys(value).sort();
    return `{${names.map((name) => written(name) + written(value[name])).join("")}}`;
  }

  /** The first roots of the first primes, as SHA-256 takes them: 32 bits behind the point. */
  function roots(count, power) {
    const primes = [];
    for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime)) primes.push(n);
    return primes.map((prime) => ((prime ** power % 1) * 2 ** 32) | 0);
  }

  /** The eight words of SHA-256. */
  function digest(text) {
    const bytes = new TextEncoder().encode(text);
    const blocks = (bytes.length + 9 + 63) >> 6;
    const data = new DataView(new ArrayBuffer(blocks * 64));
    bytes.forEach((byte, place) => data.setUint8(place, byte));
    data.setUint8(bytes.length, 0x80);
    data.setUint32(blocks * 64 - 8, Math.floor(bytes.length / 2 ** 29));
    data.setUint32(blocks * 64 - 4, bytes.length << 3);
    const [constants, words] = [roots(64, 1 / 3), roots(8, 1 / 2)];
    for (let block = 0; block < blocks; block++) {
      const mixed = round(data, block * 64, constants, words);
      mixed.forEach((word, place) => (words[place] = (words[place] + word) | 0));
    }
    return words;
  }

  const turn = (word, by) => (word >>> by) | (word << (32 - by));

  function round(data, start, constants, words) {
    const w = [];
    let [a, b, c, d, e, f, g, h] = words;
    for (let i = 0; i < 64; i++) {
      if (i < 16) w[i] = data.getInt32(start + i * 4);
      else {
        const [x, y] = [w[i - 15], w[i - 2]];
        const small = (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
        w[i] = (w[i - 16] + w[i - 7] + small) | 0;
      }
      const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + constants[i] + w[i]) | 0;
      const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
    }
    return [a, b, c, d, e, f, g, h];
  }

  /** Luhn's rule for 32 signs. */
  function check(signs) {
    const total = [...signs].reverse().reduce((sum, sign, place) => {
      const product = SIGNS.indexOf(sign) * (place % 2 ? 1 : 2);
      return sum + Math.floor(product / 32) + (product % 32);
    }, 0);
    return SIGNS[(32 - (total % 32)) % 32];
  }

  /** The code of what a file holds, such as 7Q2KM-9XD3R. */
  window.vivaReceipt = ({ assignment, identifier, attempt, answers }) => {
    const given = Object.fromEntries(Object.entries(answers).map(([name, one]) => [name, one.answer]));
    const [high, low] = digest(written([assignment, identifier, attempt, given]));
    const bits = [high, low].map((word) => (word >>> 0).toString(2).padStart(32, "0")).join("").slice(0, 45);
    const signs = bits.match(/.{5}/g).map((five) => SIGNS[parseInt(five, 2)]).join("");
    return `${signs.slice(0, 5)}-${signs.slice(5)}${check(signs)}`;
  };
})();
