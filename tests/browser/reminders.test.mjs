/**
 * Reminders: the number on the icon in both real browsers, over a restart as well; and what is counted when, under
 * clocks that the test sets, on days when clocks change, and where notifications are refused.
 */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, describe, test } from 'node:test';
import vm from 'node:vm';

import { launch } from './harness/browser.mjs';
import { changedExtension, inManifest } from './harness/changed-extension.mjs';
import { NAMES } from './harness/for-both-browsers.mjs';
import { temporaryFolder } from './harness/owned.mjs';
import { untilEqual } from './harness/wait.mjs';

const SCRIPT = await readFile(new URL('../../extension/reminders.js', import.meta.url), 'utf8');

const dayNumber = (day) => Date.parse(day) / 86_400_000;

/** The background's reminders in a browser of our own making, whose clock stands still. */
function background(stored, at, { notifications = true } = {}) {
  const seen = { badge: null, title: null, notices: [] };
  class Clock extends Date {
    constructor(...parts) {
      super(...(parts.length > 0 ? parts : [seen.at]));
    }
  }
  seen.at = at;
  const nothing = { addListener() {} };
  const chrome = {
    action: {
      setBadgeText: async ({ text }) => (seen.badge = text),
      setTitle: async ({ title }) => (seen.title = title),
    },
    alarms: { onAlarm: nothing, get: async () => undefined, create: async () => undefined },
    i18n: { getMessage: () => 'Candor' },
    runtime: { getURL: (path) => path },
    storage: {
      onChanged: nothing,
      local: { get: async () => ({ ...stored }), set: async (items) => void Object.assign(stored, items) },
    },
    tabs: {},
    ...(notifications && {
      notifications: { onClicked: nothing, create: (id, { message }) => seen.notices.push(message) },
    }),
  };
  const context = vm.createContext({ chrome, console, Date: Clock });
  seen.reminders = vm.runInContext(`${SCRIPT};reminders`, context);
  return seen;
}

describe('what is counted', () => {
  const plan = {
    promises: { [dayNumber('2026-10-22')]: 2, [dayNumber('2026-10-25')]: 1, [dayNumber('2027-01-01')]: 1 },
    occasions: { '10-25': 1 },
    silent: { [dayNumber('2026-10-20')]: 3, [dayNumber('2026-10-24')]: -1 },
  };

  for (const [at, badge, says] of [
    ['2026-10-20T23:59', '', /^Candor$/],
    ['2026-10-21T00:01', '2', /2 promises due by tomorrow$/],
    ['2026-10-23T12:00', '2', /2 promises overdue$/],
    // The clocks of Europe go back in this night.
    ['2026-10-25T02:30', '4', /2 promises overdue, 1 promise due by tomorrow, 1 day to think of$/],
    // The clock was set back by a year.
    ['2025-10-25T12:00', '1', /1 day to think of$/],
  ]) {
    for (const zone of ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland']) {
      test(`at ${at} in ${zone} the icon says ${badge || 'nothing'}`, async () => {
        process.env.TZ = zone;
        const seen = background({ reminders: plan }, at);
        await seen.reminders.refresh();
        assert.equal(seen.badge, badge);
        assert.match(seen.title, says);
      });
    }
  }

  test('one is notified once a day and once a week, in the day, and without names', async () => {
    const stored = { reminders: plan, settings: { notify_due: true, notify_silence: true } };
    const seen = background(stored, '2026-10-21T07:30');
    await seen.reminders.refresh();
    assert.deepEqual(seen.notices, []);
    seen.at = '2026-10-21T08:01';
    await seen.reminders.refresh();
    assert.deepEqual(seen.notices, [
      '2 promises due by tomorrow',
      '3 clients have heard nothing from you for longer than they should.',
    ]);
    await seen.reminders.refresh();
    // After a restart, and with the clock set back by an hour over midnight.
    const again = background(stored, '2026-10-21T23:00');
    await again.reminders.refresh();
    assert.equal(seen.notices.length + again.notices.length, 2);
    again.at = '2026-10-26T09:00';
    await again.reminders.refresh();
    assert.deepEqual(again.notices, [
      '3 promises overdue',
      '2 clients have heard nothing from you for longer than they should.',
    ]);
    // A clock that was months ahead has been set right.
    stored.notified.due += 100;
    await again.reminders.refresh();
    assert.equal(again.notices.length, 3);
  });

  test('where notifications are not allowed the icon still counts', async () => {
    const stored = { reminders: plan, settings: { notify_due: true } };
    const seen = background(stored, '2026-10-23T12:00', { notifications: false });
    await seen.reminders.refresh();
    assert.equal(seen.badge, '2');
    assert.equal(stored.notified, undefined);
  });
});

/** Browsers that let us notify and do not ask the user first: no test can answer. */
const NOTIFYING = {
  chromium: async (folder) =>
    launch('chromium', {
      extension: await changedExtension('chromium', folder, {
        'manifest.json': inManifest((manifest) => {
          manifest.permissions.push(...manifest.optional_permissions);
          delete manifest.optional_permissions;
        }),
      }),
    }),
  firefox: () =>
    launch('firefox', {
      preferences: {
        'extensions.webextOptionalPermissionPrompts': false,
        // The system here shows none.
        'alerts.useSystemBackend': false,
      },
    }),
};

/** The zone whose clocks show between twelve and one. */
function zoneAtNoon() {
  const ahead = 12 - new Date().getUTCHours();
  // These names count hours the other way round.
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

/** The day's number as the background counts them. */
function today() {
  const now = new Date();
  return Math.round(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / 86_400_000);
}

/** Runs in an extension page: the notifications that are shown. Where none may be, there is nothing to ask. */
const shown = async () => Object.keys((await chrome.notifications?.getAll()) ?? {});

/** Runs in an extension page. */
const badge = () => chrome.action.getBadgeText({});

for (const name of NAMES) {
  describe(name, () => {
    let profile;
    let browser;
    after(async () => {
      await browser?.close();
      await profile?.remove();
    });

    test('a promise that falls due is counted on the icon, also after a restart, until it is kept', async () => {
      profile = await temporaryFolder('candor-reminders-');
      browser = await launch(name, { profile: profile.path });
      const clients = await browser.extensionPage('clients.html');
      // Its buttons stand there before its script has run.
      await clients.waitForText('Your notebook is empty');
      await clients.press('New client');
      await clients.fill('Name', 'Cathy Andre');
      await clients.press('Save');
      await clients.waitForText('Saved.');
      await clients.fill('What was promised', 'the mock-ups');
      await clients.evaluate(() => {
        const two = (number) => String(number).padStart(2, '0');
        const now = new Date();
        const field = document.getElementById('promise-due');
        field.value = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
      });
      await clients.press('Add promise');
      await untilEqual('the number', '1', () => clients.evaluate(badge));
      await browser.close();

      browser = await launch(name, { profile: profile.path });
      const popup = await browser.extensionPage('popup.html');
      await untilEqual('the number to be back', '1', () => popup.evaluate(badge));
      await popup.waitForText('Promised for today: the mock-ups');
      const told = await popup.evaluate(async () => JSON.stringify(await chrome.storage.local.get('reminders')));
      assert.doesNotMatch(told, /mock-ups|Cathy/);
      const page = await browser.extensionPage('clients.html');
      await page.press('Cathy Andre');
      await page.waitForText('the mock-ups');
      await page.evaluate(() => {
        const kept = document.querySelector('#promises select');
        kept.value = 'kept';
        kept.dispatchEvent(new Event('change', { bubbles: true }));
      });
      await untilEqual('no number', '', () => page.evaluate(badge));
      assert.deepEqual(await browser.errors(), []);
    });

    test('what falls due today is notified, once, where the user wants it and the browser lets us', async () => {
      // Where it is noon now: nobody is notified in the night.
      process.env.TZ = zoneAtNoon();
      const folder = await temporaryFolder('candor-notifying-');
      const notifying = await NOTIFYING[name](folder.path);
      try {
        const options = await notifying.extensionPage('options.html');
        await options.evaluate((day) => chrome.storage.local.set({ reminders: { promises: { [day]: 1 } } }), today());
        await untilEqual('the number', '1', () => options.evaluate(badge));
        assert.deepEqual(await options.evaluate(shown), []);
        await options.press('Notify me of promises that fall due');
        await untilEqual('the notification', ['due'], () => options.evaluate(shown));
        await options.evaluate(() => chrome.notifications.clear('due'));
        await options.evaluate((day) => chrome.storage.local.set({ reminders: { promises: { [day]: 2 } } }), today());
        await untilEqual('the number to grow', '2', () => options.evaluate(badge));
        assert.deepEqual(await options.evaluate(shown), []);
        assert.deepEqual(await notifying.errors(), []);
      } finally {
        await notifying.close();
        await folder.remove();
      }
    });

    test('notifications that the browser refuses are said to be refused, and stay off', async () => {
      const options = await browser.extensionPage('options.html');
      await options.evaluate(() => {
        window.chrome.permissions.request = async () => false;
      });
      await options.press('Notify me of promises that fall due');
      await options.waitForText('The browser does not let Candor notify you.');
      await options.waitForEqual('the switch to be off', false, () => document.getElementById('notify-due').checked);
    });
  });
}
