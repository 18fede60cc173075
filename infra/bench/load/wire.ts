import { connect, type Socket } from 'node:net';

/** What is sent over and over; only the idempotency key differs, always of the same length. */
export interface Shot {
  readonly url: string;
  readonly token: string;
  readonly body: string;
}

const KEY_DIGITS = 36;

/** The bytes of one POST, made as cheaply as possible: the generator must not be what limits the faster side. */
export function postBytes({ url, token, body }: Shot, key: string): Buffer {
  const { host, pathname } = new URL(url);
  if (key.length !== KEY_DIGITS) throw new Error(`an idempotency key of the bench has ${KEY_DIGITS} characters`);
  return Buffer.from([
    `POST ${pathname} HTTP/1.1`, `host: ${host}`, `authorization: Bearer ${token}`, `idempotency-key: ${key}`,
    'content-type: application/json', `content-length: ${Buffer.byteLength(body)}`, '', body,
  ].join('\r\n'));
}

/** One keep-alive connection that has at most one request under way. */
export class Line {
  private readonly socket: Socket;
  private received: Buffer = Buffer.alloc(0);
  private answer: ((status: number) => void) | null = null;
  private fail: ((error: Error) => void) | null = null;

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.socket = connect({ host: hostname, port: Number(port), noDelay: true });
    this.socket.on('data', (chunk) => this.take(chunk));
    this.socket.on('error', (error) => this.fail?.(error));
    this.socket.on('close', () => this.fail?.(new Error('the server closed the connection')));
  }

  /** Status of the answer, once its last byte is here. */
  send(request: Buffer): Promise<number> {
    return new Promise((answer, fail) => {
      this.answer = answer;
      this.fail = fail;
      if (this.socket.destroyed) fail(new Error('the connection is closed'));
      else this.socket.write(request);
    });
  }

  close(): void {
    this.fail = null;
    this.socket.destroy();
  }

  private take(chunk: Buffer): void {
    this.received = this.received.length === 0 ? chunk : Buffer.concat([this.received, chunk]);
    const headEnd = this.received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const head = this.received.toString('latin1', 0, headEnd);
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
    if (length === undefined) return this.fail?.(new Error(`an answer without a length: ${head.slice(0, 80)}`));
    if (this.received.length < headEnd + 4 + Number(length)) return;
    this.received = Buffer.alloc(0);
    this.answer?.(Number(head.slice(9, 12)));
  }
}
