/**
 * The yardstick for commands over HTTP, in a process of its own: Fastify as it comes, one durable insert for each
 * request, nothing checked, encrypted or published. It must never be slowed to flatter the service.
 */
import Database from 'better-sqlite3';
import { fastify } from 'fastify';

const [file] = process.argv.slice(2);
if (!file) throw new Error('bare-http needs the name of its database file');
const db = new Database(file);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec('CREATE TABLE complaint (id INTEGER PRIMARY KEY, key TEXT NOT NULL, body TEXT NOT NULL) STRICT');
const insert = db.prepare('INSERT INTO complaint (key, body) VALUES (?, ?)');

const server = fastify();
server.post('/complaints', (request, reply) => {
  const { lastInsertRowid } = insert.run(request.headers['idempotency-key'], JSON.stringify(request.body));
  void reply.status(201).send({ id: Number(lastInsertRowid) });
});
process.send?.({ url: await server.listen({ host: '127.0.0.1', port: 0 }) });
process.once('disconnect', () => process.exit(0));
