/**
 * What is due: a number on the toolbar's icon, and a notification where the user wants one.
 *
 * Whoever writes the notebook leaves here on which days how many things fall due, and nothing of what or for
 * whom (see `src/client/lookup/plan.rs`). All is worked out anew from the day that it is, so that a sleeping
 * machine, a restart and a clock that was set do no harm.
 */
const reminders = (() => {
  const ALARM = "due";
  /** The hour of the day before which nobody is notified. */
  const MORNING = 8;
  const DAY = 86_400_000;
  /** Thursdays are day 0 of 1970; weeks begin on Mondays. */
  const MONDAY = 4;

  /** The number of a day of the local calendar, from 1 January 1970. */
  const numberOf = (now) => Math.round(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / DAY);

  const sum = (counts) => counts.reduce((all, count) => all + count, 0);

  /**
   * @param {{ promises?: Record<string, number>, occasions?: Record<string, number>, silent?: Record<string, number> }} plan
   * @param {Date} now
   * @returns {{ overdue: number, soon: number, days: number, silent: number }} what is due by tomorrow
   */
  function due({ promises = {}, occasions = {}, silent = {} }, now) {
    const today = numberOf(now);
    const count = (counts, isMeant) =>
      sum(Object.entries(counts).flatMap(([day, number]) => (isMeant(Number(day)) ? [number] : [])));
    const two = (number) => String(number).padStart(2, "0");
    return {
      overdue: count(promises, (day) => day < today),
      soon: count(promises, (day) => day === today || day === today + 1),
      days: occasions[`${two(now.getMonth() + 1)}-${two(now.getDate())}`] ?? 0,
      silent: Math.max(0, count(silent, (day) => day <= today)),
    };
  }

  const many = (count, one, more = `${one}s`) => (count > 0 ? [`${count} ${count === 1 ? one : more}`] : []);

  /** In words: "2 promises due by tomorrow, 1 promise overdue". */
  function inWords({ overdue, soon, days }) {
    return [
      ...many(overdue, "promise overdue", "promises overdue"),
      ...many(soon, "promise due by tomorrow", "promises due by tomorrow"),
      ...many(days, "day to think of", "days to think of"),
    ].join(", ");
  }

  /**
   * Whether to notify again. A day that lies ahead was noted by a clock that has been set back since: by a day
   * it may have been a time zone, by more it was wrong.
   */
  const isAgain = (before, now) => before === undefined || before < now || before > now + 1;

  async function refresh() {
    const { reminders: plan = {}, settings = {}, notified = {} } = await chrome.storage.local.get([
      "reminders",
      "settings",
      "notified",
    ]);
    const now = new Date();
    const found = due(plan, now);
    const count = found.overdue + found.soon + found.days;
    const words = inWords(found);
    await chrome.action.setBadgeText({ text: count > 99 ? "99+" : count > 0 ? String(count) : "" });
    await chrome.action.setTitle({ title: [chrome.i18n.getMessage("action"), words].filter(Boolean).join(": ") });
    if (now.getHours() < MORNING || !chrome.notifications) return;
    const today = numberOf(now);
    const week = Math.floor((today - MONDAY) / 7);
    const told = { ...notified };
    if (settings.notify_due && found.overdue + found.soon > 0 && isAgain(told.due, today)) {
      told.due = today;
      notify("due", inWords({ ...found, days: 0 }));
    }
    if (settings.notify_silence && found.silent > 0 && isAgain(told.silence, week)) {
      told.silence = week;
      const [clients] = many(found.silent, "client has", "clients have");
      notify("silence", `${clients} heard nothing from you for longer than they should.`);
    }
    if (told.due !== notified.due || told.silence !== notified.silence) {
      await chrome.storage.local.set({ notified: told });
    }
  }

  function notify(id, message) {
    const icon = chrome.runtime.getURL("icons/candor-128.png");
    chrome.notifications.create(id, { type: "basic", iconUrl: icon, title: "Candor", message });
  }

  /** One after the other, so that nobody is notified twice. */
  let refreshing = Promise.resolve();
  const refreshSoon = () => {
    refreshing = refreshing.then(refresh).catch((error) => console.error(error));
  };

  /** Browsers forget alarms over updates, and one that stands is best left alone. */
  async function keepAlarm() {
    if (!(await chrome.alarms.get(ALARM))) await chrome.alarms.create(ALARM, { periodInMinutes: 30 });
  }

  function start() {
    chrome.alarms.onAlarm.addListener(({ name }) => name === ALARM && refreshSoon());
    chrome.storage.onChanged.addListener((changes, area) => {
      if (area === "local" && (changes.reminders || changes.settings)) refreshSoon();
    });
    chrome.notifications?.onClicked.addListener(() => chrome.tabs.create({ url: "clients.html" }));
    keepAlarm().catch((error) => console.error(error));
    refreshSoon();
  }

  return { due, inWords, refresh, start };
})();
