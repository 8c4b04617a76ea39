// What measures in the page. All times are milliseconds since the epoch, so that they compare with those of other processes on the same machine.
/* global addEventListener, document, MutationObserver, requestAnimationFrame, window */
const now = () => performance.timeOrigin + performance.now();

// After the frame that shows what stands in the document now.
const painted = () =>
  new Promise(resolve =>
    requestAnimationFrame(() => setTimeout(() => resolve(now())))
  );

const PATIENCE = 90_000;

// Resolves with what `look` returns as soon as that is true; looks after each change of the document. Rejects where that takes too long.
const seen = look =>
  new Promise((resolve, reject) => {
    setTimeout(() => {
      observer.disconnect();
      reject(new Error(`Waited in vain for ${look}`));
    }, PATIENCE);
    const observer = new MutationObserver(check);
    function check() {
      const found = look();
      if (found) {
        observer.disconnect();
        resolve(found);
      }
    }
    observer.observe(document, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true
    });
    check();
  });

// JupyterLab loads more than the browser would keep the times of.
performance.setResourceTimingBufferSize(10_000);

window.bench = {
  clickedAt: 0,
  longTasks: [],

  // Resolves as soon as `look` is true.
  until: look => seen(look).then(() => true),

  // Begin to wait for more elements of a selector than there are.
  awaitMore(selector) {
    const count = () => document.querySelectorAll(selector).length;
    const before = count();
    this.more = seen(() => count() > before).then(painted);
  },

  // Milliseconds from the last click until what `awaitMore` waits for was painted.
  async fromClick() {
    return (await this.more) - this.clickedAt;
  },

  // Milliseconds from the arrival of the last answer from an address with this ending until what `awaitMore` waits for was painted.
  async fromData(ending) {
    const shown = await this.more;
    const answers = performance
      .getEntriesByType('resource')
      .filter(entry => new URL(entry.name).pathname.endsWith(ending));
    return shown - performance.timeOrigin - answers.at(-1).responseEnd;
  },

  // Begin to note when the text of the element of a selector changes.
  recordText(selector) {
    const texts = (this.texts = []);
    const look = () => {
      const text = document.querySelector(selector)?.textContent ?? '';
      if (text !== texts.at(-1)?.text) {
        const change = { text, at: now() };
        texts.push(change);
        void painted().then(at => (change.at = at));
      }
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true
    });
    look();
  },

  recordLongTasks() {
    this.longTasks = [];
    this.longTaskObserver?.disconnect();
    this.longTaskObserver = new PerformanceObserver(list => {
      this.longTasks.push(...list.getEntries().map(entry => entry.duration));
    });
    this.longTaskObserver.observe({ type: 'longtask' });
  }
};

addEventListener(
  'click',
  event => {
    window.bench.clickedAt = performance.timeOrigin + event.timeStamp;
  },
  { capture: true }
);
