import { createHmac, generateKeyPairSync, sign as signRaw, type KeyObject, createPrivateKey } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessDenied } from './access-denied.js';
import { ensureIssuer, type IssuerFiles, issueToken } from './token-issuer.js';
import { tokenVerifier } from './token-verifier.js';

type Members = Record<string, unknown>;
const encode = (value: unknown): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const seconds = (): number => Math.floor(Date.now() / 1_000);

let dir: string;
let files: IssuerFiles;
let key: KeyObject;
let kid: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'aftercare-access-'));
  files = await ensureIssuer(dir);
  const jwk = JSON.parse(await readFile(files.privateKeyFile, 'utf8')) as { kid: string };
  kid = jwk.kid;
  key = createPrivateKey({ key: jwk as never, format: 'jwk' });
});
afterAll(() => rm(dir, { recursive: true }));

const header = (changes: Members = {}): Members => ({ alg: 'EdDSA', typ: 'at+jwt', kid, ...changes });
const claims = (changes: Members = {}): Members => ({
  iss: 'aftercare', aud: 'aftercare', sub: 'u-1', roles: ['intake.clerk'], iat: seconds(), exp: seconds() + 600, ...changes,
});
const signed = (head: unknown, body: unknown, by: KeyObject = key): string => {
  const input = `${encode(head)}.${encode(body)}`;
  return `${input}.${signRaw(null, Buffer.from(input), by).toString('base64url')}`;
};
const without = (members: Members, name: string): Members => Object.fromEntries(Object.entries(members).filter(([key]) => key !== name));
const verdict = async (token: string): Promise<string> => tokenVerifier(files.jwksFile).verify(token).then(() => 'accepted', (error: unknown) => {
  if (error instanceof AccessDenied) return error.code;
  throw error;
});

test('a token of the built-in issuer names the account and its known roles', async () => {
  const token = await issueToken({ privateKeyFile: files.privateKeyFile, subject: 'zhang.wei', roles: ['intake.clerk', 'auditor'], ttlSeconds: 60 });
  expect(await tokenVerifier(files.jwksFile).verify(token)).toEqual({
    id: 'zhang.wei', roles: ['intake.clerk', 'auditor'], token: { id: expect.stringMatching(/^[0-9a-f-]{36}$/), issuedAt: expect.any(Number) },
  });
});

test('the forging bench itself makes a good token, so that its refusals mean something', async () => {
  expect(await verdict(signed(header(), claims()))).toBe('accepted');
  expect(await verdict(signed(header(), claims({ roles: ['toString', 'intake.clerk', 'root', 7] })))).toBe('accepted');
});

test('the time of issue is that of the token, so that an old sign-in cannot pass for a fresh one', async () => {
  const iat = seconds() - 300;
  expect((await tokenVerifier(files.jwksFile).verify(signed(header(), claims({ iat, jti: 'j-1' })))).token).toEqual({ id: 'j-1', issuedAt: iat * 1_000 });
});

test('roles outside the closed list are dropped', async () => {
  const token = signed(header(), claims({ roles: ['root', 'constructor', 'intake.head', null] }));
  expect((await tokenVerifier(files.jwksFile).verify(token)).roles).toEqual(['intake.head']);
});

function forgeries(publicX: string): readonly (readonly [string, string])[] {
  const list: (readonly [string, string])[] = [];
  const add = (name: string, token: string): void => void list.push([name, token]);
  const stranger = generateKeyPairSync('ed25519');
  const strangerJwk = stranger.publicKey.export({ format: 'jwk' });
  const good = signed(header(), claims());
  const [goodHead, goodBody, goodSignature] = good.split('.') as [string, string, string];
  for (const alg of ['none', 'None', 'NONE', 'nOnE', '', null, 'eddsa', 'Ed448', 'ES256', 'RS256', 'HS384', ['EdDSA']]) {
    add(`alg ${JSON.stringify(alg)} without signature`, `${encode(header({ alg }))}.${encode(claims())}.`);
    add(`alg ${JSON.stringify(alg)} with a good signature`, signed(header({ alg }), claims()));
    add(`alg ${JSON.stringify(alg)} with an old signature`, `${encode(header({ alg }))}.${goodBody}.${goodSignature}`);
  }
  for (const secret of [publicX, Buffer.from(publicX, 'base64url'), kid, '', 'secret', JSON.stringify(strangerJwk)]) {
    for (const alg of ['HS256', 'HS512']) {
      const input = `${encode(header({ alg }))}.${encode(claims())}`;
      add(`${alg} keyed with something public`, `${input}.${createHmac(alg === 'HS256' ? 'sha256' : 'sha512', secret).update(input).digest('base64url')}`);
    }
  }
  const inHeader: readonly (readonly [string, unknown])[] = [
    ['jwk', strangerJwk], ['jku', 'http://127.0.0.1:1/keys'], ['x5u', 'http://127.0.0.1:1/cert'], ['x5c', ['AAAA']], ['x5t', 'AAAA'],
  ];
  for (const [name, value] of inHeader) {
    add(`${name} header and a stranger's key`, signed(header({ [name]: value }), claims(), stranger.privateKey));
    add(`${name} header, stranger's kid`, signed(header({ [name]: value, kid: 'stranger' }), claims(), stranger.privateKey));
    add(`${name} header, no kid`, signed(without(header({ [name]: value }), 'kid'), claims(), stranger.privateKey));
  }
  for (const id of ['', ' ', '../token-keys', '/etc/passwd', '__proto__', 'constructor', 'toString', `${kid}\u0000`, kid.toUpperCase(), [kid], { kid }, 0, null, true, "' OR 1=1 --"]) {
    add(`kid ${JSON.stringify(id)}`, signed(header({ kid: id }), claims()));
  }
  add('no kid', signed(without(header(), 'kid'), claims()));
  for (const aud of ['other', '', ['other'], null, 'Aftercare', ' aftercare', {}, [['aftercare']]]) add(`aud ${JSON.stringify(aud)}`, signed(header(), claims({ aud })));
  for (const iss of ['other', '', null, 'Aftercare', 'aftercare ', ['aftercare'], 'https://aftercare']) add(`iss ${JSON.stringify(iss)}`, signed(header(), claims({ iss })));
  for (const typ of ['JWT', 'jwt', 'id+jwt', '', null, 'at', 'logout+jwt']) add(`typ ${JSON.stringify(typ)}`, signed(header({ typ }), claims()));
  for (const name of ['iss', 'aud', 'sub', 'exp', 'iat', 'roles']) add(`without ${name}`, signed(header(), without(claims(), name)));
  add('without typ', signed(without(header(), 'typ'), claims()));
  for (const late of [1, 60, 3_600, 1e6]) add(`expired ${late} s ago`, signed(header(), claims({ exp: seconds() - late })));
  for (const early of [60, 3_600, 1e6]) add(`not before in ${early} s`, signed(header(), claims({ nbf: seconds() + early })));
  for (const exp of ['9999999999', null, {}, true]) add(`exp ${JSON.stringify(exp)}`, signed(header(), claims({ exp })));
  add('issued two days ago', signed(header(), claims({ iat: seconds() - 2 * 86_400 })));
  add('issued in an hour', signed(header(), claims({ iat: seconds() + 3_600 })));
  for (const sub of ['', ' ', 'a b', 'x'.repeat(101), '张三', 7, null, ['u-1'], 'u\n1']) add(`sub ${JSON.stringify(sub)}`, signed(header(), claims({ sub })));
  for (const roles of ['operator', null, {}, 1]) add(`roles ${JSON.stringify(roles)}`, signed(header(), claims({ roles })));
  add('crit header', signed(header({ crit: ['exp'] }), claims()));
  add('unencoded payload', signed(header({ b64: false, crit: ['b64'] }), claims()));
  for (const payload of [claims({ roles: ['operator'] }), claims({ sub: 'u-2' }), [], 'text', 7]) {
    add('altered payload', `${goodHead}.${encode(payload)}.${goodSignature}`);
  }
  for (let bit = 0; bit < 64; bit++) {
    const bytes = Buffer.from(goodSignature, 'base64url');
    bytes[bit] = (bytes[bit] as number) ^ (1 << (bit % 8));
    add(`signature with bit ${bit} flipped`, `${goodHead}.${goodBody}.${bytes.toString('base64url')}`);
  }
  for (const odd of ['', '.', '..', '...', 'a.b.c', `${good}.x`, `${goodHead}.${goodBody}`, `.${goodBody}.${goodSignature}`, `${goodHead}..${goodSignature}`]) add(`shape ${odd.slice(0, 12)}`, odd);
  add('all-zero signature', `${goodHead}.${goodBody}.${Buffer.alloc(64).toString('base64url')}`);
  return list;
}

test('of more than a hundred forged tokens none is accepted, and each is refused, not an error', async () => {
  const { x } = JSON.parse(await readFile(files.privateKeyFile, 'utf8')) as { x: string };
  const all = forgeries(x);
  const accepted: string[] = [];
  for (const [name, token] of all) if ((await verdict(token)) === 'accepted') accepted.push(name);
  expect(all.length).toBeGreaterThan(200);
  expect(accepted).toEqual([]);
});

test('a remembered token ends at its expiry', async () => {
  let now = Date.now();
  const verifier = tokenVerifier(files.jwksFile, () => now);
  const token = await issueToken({ privateKeyFile: files.privateKeyFile, subject: 'u', roles: ['auditor'], ttlSeconds: 5 });
  expect((await verifier.verify(token)).id).toBe('u');
  now += 6_000;
  await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'token-expired' });
});

test('a token whose expiry lies years ahead is good for one day only, even when remembered', async () => {
  let now = Date.now();
  const verifier = tokenVerifier(files.jwksFile, () => now);
  const token = signed(header(), claims({ exp: seconds() + 10 * 365 * 86_400 }));
  expect((await verifier.verify(token)).id).toBe('u-1');
  now += 25 * 3_600_000;
  await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'token-expired' });
});

test('given a new key in the file, its tokens are taken without a restart; withdrawn, they end, remembered or not', async () => {
  let now = Date.now();
  const own = await mkdtemp(join(tmpdir(), 'aftercare-access-'));
  const [first, second] = [await ensureIssuer(own), files];
  const verifier = tokenVerifier(first.jwksFile, () => now);
  const token = await issueToken({ privateKeyFile: second.privateKeyFile, subject: 'u', roles: ['auditor'], ttlSeconds: 600 });
  await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'token-invalid' });
  const before = await readFile(first.jwksFile, 'utf8');
  await writeFile(first.jwksFile, await readFile(second.jwksFile));
  now += 1_001;
  expect((await verifier.verify(token)).id).toBe('u');
  await writeFile(first.jwksFile, before);
  now += 10_001;
  await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'token-invalid' });
  await rm(own, { recursive: true });
});

test('sixteen processes that make the issuer at once agree on one key, readable by its owner only', async () => {
  const own = await mkdtemp(join(tmpdir(), 'aftercare-access-'));
  await Promise.all(Array.from({ length: 16 }, () => ensureIssuer(own)));
  const issuer = await ensureIssuer(own);
  const token = await issueToken({ privateKeyFile: issuer.privateKeyFile, subject: 'u', roles: [], ttlSeconds: 60 });
  expect((await tokenVerifier(issuer.jwksFile).verify(token)).id).toBe('u');
  expect((JSON.parse(await readFile(issuer.jwksFile, 'utf8')) as { keys: object[] }).keys).toHaveLength(1);
  expect(await readFile(issuer.jwksFile, 'utf8')).not.toContain('"d"');
  expect((await stat(issuer.privateKeyFile)).mode & 0o077).toBe(0);
  await rm(own, { recursive: true });
});

test('a token that would outlive what verifiers accept is not issued', async () => {
  const request = { privateKeyFile: files.privateKeyFile, subject: 'u', roles: [], ttlSeconds: 86_401 };
  await expect(issueToken(request)).rejects.toThrow(RangeError);
});
