// What a phone keeps and delivers: its key and the boxes that wait. No module: pages and the worker use the same.
// Nothing that was sealed here can be opened here (docs/adr/0088-what-a-phone-delivers.md).

globalThis.phoneBox = (() => {
  const DATABASE = 'field', KEYS = 'keys', BOXES = 'boxes';
  const SIGNING = { name: 'ECDSA', namedCurve: 'P-256' }, SEALING = { name: 'ECDH', namedCurve: 'P-256' };
  const PIECE = 262_144, STEP = 1024; // bytes: of a piece; what is sealed is padded to steps
  const LARGEST = 24_000_000, MOST_FILES = 100; // bytes of the files of one form, and how many
  const PATIENCE = 60_000; // milliseconds for the answer to one piece
  const KNOWN = 7 * 86_400_000; // milliseconds: so long the list says that a box was delivered

  // --- Kept on the phone ---

  const done = request => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

  function tablesOf(database, tables) {
    async function store(name, mode) {
      const asked = indexedDB.open(database, 1);
      asked.onupgradeneeded = () => {
        for (const [table, keyPath] of Object.entries(tables)) asked.result.createObjectStore(table, { keyPath });
      };
      const opened = await done(asked);
      const change = opened.transaction(name, mode, { durability: 'strict' });
      change.oncomplete = change.onabort = () => opened.close();
      return { rows: change.objectStore(name), written: new Promise((resolve, reject) => {
        change.addEventListener('complete', resolve);
        change.addEventListener('abort', () => reject(change.error));
      }) };
    }
    return {
      read: async (name, ask) => done(ask((await store(name, 'readonly')).rows)),
      write: async (name, change) => {
        const { rows, written } = await store(name, 'readwrite');
        change(rows);
        await written; // it is on the disk, or it is an error
      },
      drop: () => done(indexedDB.deleteDatabase(database)),
    };
  }

  const { read, write, drop } = tablesOf(DATABASE, { [KEYS]: null, [BOXES]: 'id' });
  const phone = () => read(KEYS, rows => rows.get('phone'));
  const boxes = async () => (await read(BOXES, rows => rows.getAll())).sort((a, b) => a.written_at < b.written_at ? -1 : 1);
  const keepPhone = value => write(KEYS, rows => rows.put(value, 'phone'));
  const keepAsked = async asked => {
    const kept = await phone();
    await keepPhone({ ...kept, places: { ...kept.places, asked } }); // the organisation's own questions (own.js)
  };
  const contact = async () => await read(KEYS, rows => rows.get('contact')) ?? {};
  const keepContact = value => write(KEYS, rows => rows.put(value, 'contact'));
  const keepBox = box => write(BOXES, rows => rows.put(box));
  const dropBox = id => write(BOXES, rows => rows.delete(id));

  // --- Bytes ---

  const bytes = text => new TextEncoder().encode(text);
  const hex = data => [...new Uint8Array(data)].map(byte => byte.toString(16).padStart(2, '0')).join('');
  const base64 = data => btoa(String.fromCharCode(...new Uint8Array(data)));
  const unbase64 = text => Uint8Array.from(atob(text), sign => sign.charCodeAt(0));
  const digest = data => crypto.subtle.digest('SHA-256', data);

  function join(...parts) {
    const each = parts.map(part => typeof part === 'string' ? bytes(part) : new Uint8Array(part));
    const whole = new Uint8Array(each.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of each) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  // A UUID of version 7 (RFC 9562): milliseconds, then chance.
  function newId() {
    const random = crypto.getRandomValues(new Uint8Array(10));
    random[0] = random[0] & 0x0f | 0x70;
    random[2] = random[2] & 0x3f | 0x80;
    const digits = Date.now().toString(16).padStart(12, '0') + hex(random);
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }

  // --- Sealing: HPKE (RFC 9180), base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM, one message ---

  const OF_KEM = join('KEM', [0, 16]), OF_SUITE = join('HPKE', [0, 16, 0, 1, 0, 2]);

  async function hmac(key, data) {
    const made = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    return crypto.subtle.sign('HMAC', made, data);
  }

  const extract = (suite, salt, label, key) => hmac(salt || new Uint8Array(32), join('HPKE-v1', suite, label, key));
  const expand = async (suite, key, label, info, length) =>
    (await hmac(key, join([0, length], 'HPKE-v1', suite, label, info, [1]))).slice(0, length);

  async function sealed(text, recipient, info) {
    const to = await crypto.subtle.importKey('raw', recipient, SEALING, false, []);
    const once = await crypto.subtle.generateKey(SEALING, false, ['deriveBits']);
    const half = await crypto.subtle.exportKey('raw', once.publicKey);
    const common = await crypto.subtle.deriveBits({ name: 'ECDH', public: to }, once.privateKey, 256);
    const shared = await expand(OF_KEM, await extract(OF_KEM, null, 'eae_prk', common), 'shared_secret', join(half, recipient), 32);
    const about = join([0], await extract(OF_SUITE, null, 'psk_id_hash', ''), await extract(OF_SUITE, null, 'info_hash', info));
    const secret = await extract(OF_SUITE, shared, 'secret', '');
    const key = await crypto.subtle.importKey('raw', await expand(OF_SUITE, secret, 'key', about, 32), 'AES-GCM', false, ['encrypt']);
    const iv = await expand(OF_SUITE, secret, 'base_nonce', about, 12);
    return join(half, await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, text));
  }

  // As a form is sent: each value a text, its lines ended as by browsers; without the session's token.
  function contentOf(form) {
    const fields = {}, files = [];
    for (const [name, value] of new FormData(form)) {
      if (typeof value === 'string') (fields[name] ??= []).push(value.replace(/\r?\n/g, '\r\n'));
      else if (value.size) files.push([name, value]);
    }
    delete fields.csrfmiddlewaretoken;
    return { fields, files };
  }

  // A form becomes a box that waits: JSON, a line end, and the bytes of its files. Raises a RangeError where it is too
  // large, and where the disk is full.
  async function seal(kind, form) {
    const { phone: mark, recipient } = await phone();
    const id = newId();
    const { fields, files } = contentOf(form);
    const size = files.reduce((sum, [, file]) => sum + file.size, 0);
    if (size > LARGEST || files.length > MOST_FILES) throw new RangeError('large');
    const told = files.map(([field, { name, size }]) => ({ field, name, size }));
    const json = JSON.stringify({ fields: { key: [id], ...fields }, files: told });
    const said = join(json, '\n', ...await Promise.all(files.map(([, file]) => file.arrayBuffer())));
    const padded = new Uint8Array(Math.ceil(said.length / STEP) * STEP).fill(32);
    padded.set(said);
    const whole = await sealed(padded, unbase64(recipient.key), `casework box 1|${mark}|${id}|${kind}`);
    const box = { id, kind, key: recipient.number, sealed: whole, size: whole.length, sha256: hex(await digest(whole)) };
    await keepBox({ ...box, written_at: new Date().toISOString() });
    return id;
  }

  // --- Enrolling ---

  async function makeKey(recipient, places) {
    const { privateKey, publicKey } = await crypto.subtle.generateKey(SIGNING, false, ['sign']);
    const half = await crypto.subtle.exportKey('spki', publicKey);
    await keepPhone({ privateKey, phone: hex(await digest(half)), recipient, places });
    return base64(half);
  }

  // --- Delivering ---

  const sign = async (privateKey, said) => base64(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, said));

  async function piece(box, at, { phone: mark, privateKey, places }) {
    const body = box.sealed.slice(at, at + PIECE);
    const { id, kind, key, size, sha256, written_at } = box;
    const said = bytes(JSON.stringify({ phone: mark, box: id, kind, key, written_at, sent_at: new Date().toISOString(), size, sha256, at }));
    const signature = await sign(privateKey, join('casework box 1\0', said, await digest(body)));
    return fetch(`/field/boxes/${id}/parts/`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/octet-stream', 'Box-Manifest': base64(said), 'Box-Signature': signature, 'Box-Asked': places.asked?.mark ?? '-' },
      credentials: 'omit', // the signature says who it is
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
    });
  }

  // The receipt; or an error with the status of an answer that is none. What was tried before may have arrived in part:
  // a piece from behind its end is not taken, and the answer says how much is there.
  async function deliver(box, mine) {
    let have = box.tried_at && box.size > PIECE ? box.size : 0;
    for (let left = 2 * Math.ceil(box.size / PIECE) + 4; left > 0; left -= 1) {
      const answer = await piece(box, have, mine);
      const said = await answer.json().catch(() => null);
      if (said?.received) return said;
      if (![202, 409].includes(answer.status) || !Number.isInteger(said?.have)) {
        throw Object.assign(new Error('refused'), { status: said ? answer.status : 503 });
      }
      have = said.have;
    }
    throw Object.assign(new Error('it does not end'), { status: 503 });
  }

  async function delivered(box, mine) {
    const { id, kind, written_at, size } = box;
    const receipt = await deliver(box, mine);
    const state = receipt.taken ? 'taken' : 'waits';
    await keepBox({ id, kind, written_at, size, state, at: new Date().toISOString() }); // without what was sealed
    await keepPhone({ ...await phone(), recipient: { number: receipt.key.number, key: receipt.key.public }, ended: receipt.ended });
    if (receipt.asked) await keepAsked(receipt.asked);
  }

  // All that waits, in order, by one page or worker at a time. Says whether something waits that may go later.
  const send = () => navigator.locks.request('boxes', { ifAvailable: true }, async lock => lock ? sendAll() : true);

  async function sendAll() {
    const mine = await phone();
    for (const box of await boxes()) {
      if (!box.sealed) {
        if (Date.now() - Date.parse(box.at) > KNOWN) await dropBox(box.id);
        continue;
      }
      try {
        await delivered(box, mine);
      } catch ({ status }) {
        const refused = [400, 401, 413, 422].includes(status); // the next may go all the same
        await keepBox({ ...box, tried_at: new Date().toISOString(), refused });
        if (!refused) return true;
      }
    }
    return false;
  }

  // A phone that is no longer used keeps nothing once all it had is on the server.
  async function forget() {
    if ((await boxes()).some(box => box.sealed)) return;
    for (const name of await caches.keys()) await caches.delete(name);
    await drop();
  }

  return { base64, boxes, bytes, contact, forget, join, keepAsked, keepContact, makeKey, phone, seal, send, sign, tablesOf, unbase64 };
})();
