/**
 * What tests read and write of the notebook behind the pages' backs. Each of these runs in an extension page:
 *
 *     const clients = await page.evaluate(records, 'clients');
 */

/**
 * @param {string} store
 * @returns {Promise<object[]>} everything in one of the notebook's stores
 */
export async function records(store) {
  const database = await new Promise((resolve, reject) => {
    const opening = indexedDB.open('candor-notebook');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => resolve(opening.result);
  });
  const all = await new Promise((resolve, reject) => {
    const reading = database.transaction(store).objectStore(store).getAll();
    reading.onerror = () => reject(reading.error);
    reading.onsuccess = () => resolve(reading.result);
  });
  database.close();
  return all;
}

/** @returns {Promise<boolean>} whether the second copy has all of the journal */
export async function isCopied() {
  const database = await new Promise((resolve) => {
    indexedDB.open('candor-notebook').onsuccess = ({ target }) => resolve(target.result);
  });
  const meta = (name) =>
    new Promise((resolve) => {
      database.transaction('meta').objectStore('meta').get(name).onsuccess = ({ target }) => resolve(target.result);
    });
  const [copied, { generation }] = [await meta('copied'), await meta('notebook')];
  database.close();
  return copied === generation;
}

/**
 * In the client page: adds notes as fast as a page can, by the form a person uses.
 *
 * @param {string} label what each says, before its number
 * @param {number} count
 */
export function addNotes(label, count) {
  for (let number = 0; number < count; number += 1) {
    setTimeout(() => {
      document.getElementById('note').value = `${label} ${number}`;
      document.getElementById('note-form').requestSubmit();
    });
  }
}

/**
 * In a page that does not open the notebook: makes one of these clients, as the first schema had it.
 *
 * @param {object[]} clients records with the notebook's keys
 */
export function writeClients(clients) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('candor-notebook', 1);
    opening.onerror = () => reject(opening.error);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore('clients', { keyPath: 'id' });
      opening.result.createObjectStore('journal', { keyPath: 'number', autoIncrement: true });
    };
    opening.onsuccess = () => {
      const writing = opening.result.transaction('clients', 'readwrite');
      for (const client of clients) writing.objectStore('clients').put(client);
      writing.onabort = () => reject(writing.error);
      writing.oncomplete = () => {
        opening.result.close();
        resolve();
      };
    };
  });
}
