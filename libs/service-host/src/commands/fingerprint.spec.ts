import { fingerprintWith } from './fingerprint.js';

describe('the fingerprint of a command', () => {
  const fingerprint = fingerprintWith(new Uint8Array(32));
  const command = { type: 'ApproveReturn', note: 'x', facts: { bought: 100 } };

  it('is the same whatever the department looked up for it, and in whatever order the members came', () => {
    expect(fingerprint('return-1', { facts: { bought: 999 }, note: 'x', type: 'ApproveReturn' })).toBe(fingerprint('return-1', command));
    expect(fingerprint('return-1', { type: 'ApproveReturn', note: 'x' })).toBe(fingerprint('return-1', command));
  });

  it('differs by stream, by what the caller said, and by key', () => {
    const others = [fingerprint('return-2', command), fingerprint('return-1', { ...command, note: 'y' }), fingerprintWith(new Uint8Array(32).fill(1))('return-1', command)];
    expect(new Set([fingerprint('return-1', command), ...others]).size).toBe(4);
  });
});
