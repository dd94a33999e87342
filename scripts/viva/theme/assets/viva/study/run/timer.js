/* The timer of an exam says the time and ends nothing. */
(() => {
  "use strict";
  const { say, count, number } = window.viva;
  const MINUTE = 60;

  /** Minutes and seconds, as on a clock. */
  const clock = (seconds) => `${number(Math.floor(seconds / MINUTE))}:${number(seconds % MINUTE).padStart(2, number(0))}`;

  class Timer {
    /** `state` is the session's own: what is left in seconds, whether it is paused, whether hidden. */
    constructor(state, left, announce, save) {
      Object.assign(this, { state, left, announce, save });
      this.parts = [
        this.toggle("paused", say("Go on"), say("Pause")),
        window.vivaStudy.button("viva-link", count("{n} more minute", "{n} more minutes", 5), () => ((state.left += 5 * MINUTE), this.tick(0), save())),
        this.toggle("hidden", say("Show the time"), say("Hide the time")),
      ];
      let before = Date.now();
      this.interval = setInterval(() => {
        const now = Date.now();
        this.tick(Math.round((now - before) / 1000));
        before = now;
      }, 1000);
      this.tick(0);
    }

    toggle(name, on, off) {
      const { state } = this;
      const made = window.vivaStudy.button("viva-link", state[name] ? on : off, () => {
        state[name] = !state[name];
        made.textContent = state[name] ? on : off;
        this.tick(0);
        this.save();
      });
      return made;
    }

    tick(seconds) {
      const { state } = this;
      const before = state.left;
      if (!state.paused) state.left = Math.max(0, before - seconds);
      this.left.textContent = state.hidden ? "" : say("{time} left", { time: clock(state.left) });
      if (before > 0 && state.left === 0) this.announce(say("The time is up. Go on if you like, ask for more minutes, or hand in."));
      else if (before > 5 * MINUTE && state.left <= 5 * MINUTE) this.announce(say("Five minutes left."));
      if (seconds && state.left % 5 === 0) this.save();
    }

    stop() {
      clearInterval(this.interval);
      this.left.textContent = "";
    }
  }

  window.vivaStudy.Timer = Timer;
})();
