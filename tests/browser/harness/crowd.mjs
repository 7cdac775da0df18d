/**
 * A notebook of thousands, as the first version of Candor would have left it behind: made in the
 * browser before any page of Candor's own opens the notebook.
 *
 *     const page = await browser.extensionPage('options.html');
 *     await page.evaluate(writeCrowd, 10_000);
 *
 * The same number gives the same clients, so that tests and measurements know whom they look for.
 */

/**
 * Runs in an extension page that has not opened the notebook.
 *
 * @param {number} count
 */
export async function writeCrowd(count) {
  const pick = (list, number) => list[number % list.length];
  const given = 'Anna,Ben,Clara,David,Elif,Felix,Grace,Hugo,Ines,Jonas,Karin,Liam,Maria,Noah,Olga,Paul,Rosa,Samir,Tara,Uwe,Vera,Wim,Yara,Zoë,Jürgen,Łukasz,José,Siobhán,Mehmet,Priya'.split(',');
  const family = 'Smith,Müller,Okafor,Raman,García,Nowak,Rossi,Dubois,Jansen,Hansen,Kowalski,Silva,Novák,Yılmaz,Petrov,Andersson,O’Brien,van den Berg,Fischer,Weber,Moreau,Costa,Svensson,Ivanova,Popescu,Horváth,Virtanen,Murphy,Walker,Young,Khan,Patel'.split(',');
  const trade = 'Lighting,Dental,Architects,Bakery,Logistics,Gardens,Legal,Print,Motors,Foods,Studios,Travel,Clinics,Optics,Timber,Textiles'.split(',');
  const town = 'Leeds,Lyon,Köln,Porto,Gdańsk,Malmö,Ghent,Graz,Turin,Brno,Cork,Bergen,Izmir,Pune,Austin,Perth'.split(',');
  const about = 'prefers to talk before lunch,sells more online each year,wants fewer phone calls about appointments,asked for the figures in one table,plays the cello in a quartet,has moved into a new building,counts on the shop for the autumn season,met us at the fair,builds a second workshop by the river,reads every word of a contract'.split(',');
  const zone = ['Europe/London', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', ''];
  const day = (ago) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  const syllable = (number) => pick('ka,lo,mi,ne,ru,sa,ti,vo,be,du,fa,go,hi,jo,pe,qui'.split(','), number);
  const made = (number) => syllable(number) + syllable(number >> 4) + syllable(number >> 8) + syllable(number >> 12);

  const client = (number) => {
    const name = `${pick(given, number)} ${pick(family, number * 7 + (number >> 5))}`;
    const company = `${made(number * 31)[0].toUpperCase()}${made(number * 31).slice(1)} ${pick(trade, number * 3)}`;
    const domain = `${made(number * 31)}${number}.example`;
    return {
      id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
      name,
      call_me: '',
      company,
      role: pick(['Owner', 'Head of purchasing', 'Partner', 'Office manager', 'Engineer'], number),
      emails: [`${made(number)}@${domain}`],
      phones: [`+44 20 ${String(7_000_000 + number * 37).replace(/(\d{3})(\d{4})/, '$1 $2')}`],
      call_hours: pick(['mornings', 'after 5 pm', ''], number),
      timezone: pick(zone, number),
      expertise: [pick(trade, number * 5).toLowerCase()],
      known_terms: [],
      about: `From ${pick(town, number * 11)}, ${pick(about, number)}.`,
      notes: [3, 7, 13].map((step) => ({
        date: day((number * step) % 900),
        text: `${pick(about, number * step)}; ${pick(about, number + step)}, said ${made(number * step)} from ${pick(town, number * step)}.`,
      })),
      contacts: [1, 2].map((step) => ({
        date: day(((number * 17) % 500) + step * 30),
        kind: pick(['call', 'mail', 'meeting'], number + step),
        topic: `${pick(about, number * step + 3)} (${made(number + step)})`,
      })),
    };
  };

  await new Promise((resolve, reject) => {
    const opening = indexedDB.open('candor-notebook', 1);
    opening.onerror = () => reject(opening.error);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore('clients', { keyPath: 'id' });
      opening.result.createObjectStore('journal', { keyPath: 'number', autoIncrement: true });
    };
    opening.onsuccess = () => {
      const writing = opening.result.transaction('clients', 'readwrite');
      for (let number = 0; number < count; number += 1) {
        writing.objectStore('clients').put(client(number));
      }
      writing.onabort = () => reject(writing.error);
      writing.oncomplete = () => {
        opening.result.close();
        resolve();
      };
    };
  });
}

/**
 * Runs in the popup: types into its field as a person would, and waits until the list has answered.
 *
 * @param {string} query
 * @returns {Promise<{names: string[], milliseconds: number}>} who is listed, and how long it took
 */
export async function lookUp(query) {
  const field = document.getElementById('query');
  field.value = query;
  const started = performance.now();
  field.dispatchEvent(new InputEvent('input'));
  // The popup answers within this task, before anything is drawn.
  for (let turn = 0; turn < 100; turn += 1) await undefined;
  // Layout is part of the frame.
  document.body.getBoundingClientRect();
  const milliseconds = performance.now() - started;
  const options = [...document.querySelectorAll('[role=option]')];
  return { names: options.map((option) => option.children[0].textContent), milliseconds };
}
