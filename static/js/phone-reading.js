// What a phone keeps to read without a network: extracts of cases, each locked with a key of its own, which is wrapped by
// the PIN, a key that this browser does not give away, and a share of the server that is kept for 12 hours. Not a module:
// pages and the worker use the same. Why it is so, and what it cannot promise: docs/adr/0089-reading-without-a-network.md.

globalThis.phoneReading = (() => {
  const { base64, bytes, contact, join, keepContact, phone, sign, tablesOf, unbase64 } = phoneBox;
  const STATE = 'state', EXTRACTS = 'extracts';
  const ROUNDS = 600_000; // of PBKDF2, so that a PIN is slow to guess
  const TRIES = 8; // wrong PINs, then it is wiped
  const BACK = 300_000; // milliseconds by which a clock may go back by itself
  const STEP = 1024; // bytes: what is locked is padded to steps
  const PATIENCE = 20_000; // milliseconds for an answer

  const { read, write, drop } = tablesOf('reading', { [STATE]: null, [EXTRACTS]: 'id' });
  const rows = () => read(EXTRACTS, table => table.getAll());
  const keepRow = row => write(EXTRACTS, table => table.put(row));
  const dropRow = id => write(EXTRACTS, table => table.delete(id));
  const state = () => read(STATE, table => table.get('lock'));
  const keepState = value => write(STATE, table => table.put(value, 'lock'));
  const failure = (why, left) => Object.assign(new Error(why), { why, left });
  const alone = work => navigator.locks.request('reading', work); // of pages and the worker one at a time

  // --- What is over goes ---

  // A clock that was set back tells nothing: then the server is asked before anything opens.
  async function tidy() {
    const lock = await state(), kept = await rows(), now = Date.now();
    if (!lock || lock.tries >= TRIES) return empty();
    const isBack = now < lock.latest - BACK;
    for (const { share, ...row } of kept) {
      if (row.ends <= now) await dropRow(row.id);
      else if (share && (isBack || row.again <= now)) await keepRow(row);
    }
    if (!isBack) await keepState({ ...lock, latest: Math.max(lock.latest, now) });
    const left = await rows();
    return left.length ? left : empty();
  }

  async function empty() {
    await wipe();
    return [];
  }

  // The worker tells the server as soon as there is a network, also with no page open. Until it has, `owes` stays.
  async function wipe() {
    await drop();
    const worker = globalThis.registration ?? await navigator.serviceWorker?.getRegistration();
    if ((await contact()).owes) await worker?.sync?.register('boxes').catch(() => {});
  }

  // --- The server: what may be kept, and the shares ---

  // Each answer brings a word that the next request says again (`after`), so that a copy of this phone is found out by the
  // first of the two that asks with an older one. `owes`: the server believes that something is held here.

  async function request({ phone: mark, privateKey }, question) {
    const body = JSON.stringify({ phone: mark, ...question });
    const signature = await sign(privateKey, join('casework reading 1\0', body));
    const answer = await fetch('/field/extracts/', {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json', 'Phone-Signature': signature },
      credentials: 'omit', // the signature says who it is
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
    });
    return { status: answer.status, said: await answer.json() };
  }

  async function ask(more = []) {
    const mine = await phone(), lock = await state(), kept = await rows(), { asked: last = 0, after = '', owes } = await contact();
    if (!mine) return empty();
    const held = [...kept.map(({ id }) => id), ...more];
    const lacks = [...kept.filter(({ share }) => !share).map(({ id }) => id), ...more]; // each share that is given is recorded
    let asked = Math.max(Date.now(), last + 1);
    if (!owes) await keepContact({ asked: last, after, owes: true }); // also where no answer comes
    let { status, said } = await request(mine, { asked, after, held, lacks });
    if (status === 409) {
      asked = said.asked + 1;
      ({ status, said } = await request(mine, { asked, after, held, lacks }));
    }
    const isOurs = status !== 401;
    if (isOurs && status !== 200) throw failure('again');
    await keepContact({ asked, after: said.next ?? after, owes: isOurs && said.extracts.length > 0 });
    if (!isOurs) return empty();
    if (String((await state())?.salt) !== String(lock?.salt)) return empty(); // wiped meanwhile, as by signing out
    const now = Date.now();
    for (const row of kept) {
      const told = said.extracts.find(({ id }) => id === row.id);
      if (told) await keepRow({ ...row, ...times(told, now) });
      else await dropRow(row.id);
    }
    if (!said.extracts.length) return empty();
    await keepState({ ...lock, latest: now });
    return said.extracts;
  }

  const times = ({ left, again, share }, now) =>
    ({ ends: now + left * 1000, again: now + again * 1000, ...share && { share: unbase64(share) } });
  const first = moments => Math.min(...moments);

  // Says how many there are, until when the first of them, until when the first may be shown without the server, and
  // whether some were wiped.
  const look = () => alone(async () => {
    const before = (await rows()).length;
    const kept = await tidy();
    if (kept.length || (await contact()).owes) await ask().catch(() => {});
    const left = await rows();
    if (!left.length) await drop(); // asking opened it again
    const ready = left.filter(({ share }) => share), until = ready.length && first(ready.map(({ again }) => again));
    return { count: left.length, ends: first(left.map(({ ends }) => ends)), until, wiped: left.length < before };
  });

  // --- Keys ---

  async function stretched(pin, { salt }) {
    const words = await crypto.subtle.importKey('raw', bytes(pin), 'PBKDF2', false, ['deriveBits']);
    return crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ROUNDS }, words, 256);
  }

  const aes = raw => crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
  const wrapping = async (long, share, { device }) => aes(await crypto.subtle.sign('HMAC', device, join(long, share)));

  async function locked(key, id, text) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return join(iv, await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bytes(id) }, key, text));
  }

  const opened = (key, id, sealed) =>
    crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.slice(0, 12), additionalData: bytes(id) }, key, sealed.slice(12));

  async function openRow({ id, wrapped, sealed, share, ends, again }, long, lock) {
    const key = await aes(await opened(await wrapping(long, share, lock), id, wrapped));
    return { id, ends, until: again, text: new TextDecoder().decode(await opened(key, id, sealed)).trimEnd() };
  }

  // --- Opening, keeping, giving back ---

  // Counted before it is tried, so that whoever starts the page again has no try more.
  async function openAll(pin) {
    if (!(await tidy()).length) throw failure('gone');
    if ((await rows()).some(({ share }) => !share)) await ask().catch(() => {});
    const kept = await rows(), ready = kept.filter(({ share }) => share);
    if (!ready.length) throw failure(kept.length ? 'again' : 'gone');
    const lock = await state(), tries = lock.tries + 1;
    await keepState({ ...lock, tries });
    const long = await stretched(pin, lock);
    try {
      const each = await Promise.all(ready.map(row => openRow(row, long, lock)));
      await keepState({ ...lock, tries: 0 });
      return { each, wrong: lock.tries };
    } catch {
      if (tries < TRIES) throw failure('wrong', TRIES - tries);
      await wipe();
      throw failure('wiped');
    }
  }

  async function newLock() {
    const device = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    await keepState({ salt: crypto.getRandomValues(new Uint8Array(16)), device, tries: 0, latest: Date.now() });
  }

  const open = pin => alone(() => openAll(pin));

  // One PIN opens all that is on the phone: the first sets it.
  const keep = (id, words, pin) => alone(async () => {
    if ((await tidy()).length) await openAll(pin);
    else await newLock();
    const told = (await ask([id])).find(one => one.id === id);
    if (!told) throw failure('gone');
    const lock = await state(), { share, ...lasts } = times(told, Date.now());
    const raw = crypto.getRandomValues(new Uint8Array(32)), text = bytes(words);
    const padded = new Uint8Array(Math.ceil(text.length / STEP) * STEP).fill(32);
    padded.set(text);
    const wrapped = await locked(await wrapping(await stretched(pin, lock), share, lock), id, raw);
    await keepRow({ id, ...lasts, share, wrapped, sealed: await locked(await aes(raw), id, padded) });
  });

  const giveBack = id => alone(async () => {
    await dropRow(id);
    await ask().catch(() => {});
    return tidy();
  });

  // Asked before a database is opened, for that makes one where there is none.
  const isThere = async name => (await indexedDB.databases?.())?.some(one => one.name === name) ?? true;
  const has = async () => await isThere('reading') && (await rows()).length > 0;
  const owes = async () => await isThere('field') && Boolean((await contact()).owes) && !await has();
  const leave = async () => { if (await isThere('field')) await alone(wipe).then(look); };

  return { giveBack, has, keep, leave, look, open, owes };
})();
