/**
 * How long content scripts keep a page's thread, in processor time: on a busy machine the clock on the wall says
 * how busy it is. Each browser has it from its own profiler, with whatever else runs in the same task.
 *
 *     const ended = await traceChromium(page);
 *     …
 *     const milliseconds = await ended(); // one number for each task in which a content script ran
 */

const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline'];

/**
 * @param {import('puppeteer-core').Page} page
 * @returns {Promise<() => Promise<number[]>>}
 */
export async function traceChromium(page) {
  await page.tracing.start({ categories: CATEGORIES });
  return async () => {
    const { traceEvents: events } = JSON.parse(Buffer.from(await page.tracing.stop()).toString());
    const isOurs = ({ name, args }) =>
      name === 'FunctionCall' && /^chrome-extension:.*\/content\//.test(args.data?.url);
    const threadOf = ({ pid, tid }) => `${pid} ${tid}`;
    /** @type {Map<string, number[]>} when our scripts were called, by thread */
    const calls = new Map();
    for (const event of events.filter(isOurs).toSorted((one, other) => one.ts - other.ts)) {
      const thread = threadOf(event);
      if (!calls.has(thread)) calls.set(thread, []);
      calls.get(thread).push(event.ts);
    }
    const tasks = events
      .filter(({ name }) => name === 'RunTask')
      .filter((event) => holdsAny(event, calls.get(threadOf(event)) ?? []));
    return tasks.map(({ tdur }) => tdur / 1000);
  };
}

/** Whether one of the moments, which are in their order, falls into the task. */
function holdsAny({ ts, dur }, moments) {
  let [from, to] = [0, moments.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (moments[middle] < ts) from = middle + 1;
    else to = middle;
  }
  return moments[from] < ts + dur;
}

/**
 * Firefox says where its threads are a thousand times a second; what follows on each other counts as one task. On a
 * machine too busy for that, what lies between two looks is unknown and does not count.
 *
 * @param {import('./marionette.mjs').Marionette} marionette
 * @returns {Promise<() => Promise<number[]>>} over all pages
 */
export async function profileFirefox(marionette) {
  await inChrome(marionette, 'return Services.profiler.StartProfiler(4_000_000, 1, ["js", "cpu"], ["GeckoMain"]);');
  return () => inChrome(marionette, `return (${firefoxTasks})();`);
}

/** Runs in Firefox's own window. */
async function firefoxTasks() {
  /** In milliseconds. */
  const UNKNOWN = 5;
  const { profiler } = Services;
  const profile = await profiler.getProfileDataAsync();
  await profiler.StopProfiler();
  return profile.processes.flatMap(({ threads }) => threads).flatMap(tasksOf);

  function tasksOf({ samples, stackTable, frameTable, stringTable }) {
    const { stack, time, threadCPUDelta } = samples.schema;
    const { prefix, frame } = stackTable.schema;
    const isOurs = new Map([[null, false]]);
    const isFrame = ([location]) => /moz-extension:.*\/content\//.test(stringTable[location]);
    // Stacks come after those that they begin with.
    stackTable.data.forEach((one, at) =>
      isOurs.set(at, isOurs.get(one[prefix] ?? null) || isFrame(frameTable.data[one[frame]])),
    );
    const tasks = [];
    let before = null;
    for (const sample of samples.data) {
      if (isOurs.get(sample[stack] ?? null)) {
        if (!before) tasks.push(0);
        else if (sample[time] - before[time] < UNKNOWN) tasks[tasks.length - 1] += (sample[threadCPUDelta] ?? 0) / 1e6;
        before = sample;
      } else {
        before = null;
      }
    }
    return tasks;
  }
}

function inChrome(marionette, script) {
  return marionette.alone(async (send) => {
    await send('Marionette:SetContext', { value: 'chrome' });
    try {
      const { value } = await send('WebDriver:ExecuteScript', { script });
      return value;
    } finally {
      await send('Marionette:SetContext', { value: 'content' });
    }
  });
}
