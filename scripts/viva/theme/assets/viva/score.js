/* The one rule of scoring, for every page that counts: lists, self-checks, exams, progress, the record.

   An item is what can be answered: of a case, each of its steps. vivaScore(marks) is given the mark of
   each item from 0 to 1, undefined while it is open, and says how many there are, how many are done, how
   many of these are right, the sum of their marks, and its share of what is done. What counts is the
   first try. */
window.vivaScore = (marks) => {
  const done = marks.filter(Number.isFinite);
  const sum = Math.round(100 * done.reduce((all, mark) => all + mark, 0)) / 100;
  return { of: marks.length, done: done.length, right: done.filter((mark) => mark === 1).length, sum, share: done.length ? sum / done.length : null };
};
