import { skim } from './skim.js';

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const record = (over: { data?: string; index?: number; log?: string; type?: string; end?: string } = {}): Uint8Array => Buffer.from(
  `{"actor":{"id":"a"},"data":${over.data ?? '{}'},"format":1,"id":"${ID}","index":${over.index ?? 4},"log":"${over.log ?? 'intake'}",`
  + `"occurredAt":"2026-03-02T01:30:00.000Z","stream":"complaint-1","type":"${over.type ?? 'ComplaintReceived'}","version":0}${over.end ?? ''}`);

describe('a message that is only skimmed', () => {
  it('tells index and type', () => {
    expect(skim(record(), 'intake', 5)).toEqual({ index: 4, type: 'ComplaintReceived' });
  });

  it('has to be read whole when it is of another log, another place or another format', () => {
    expect(skim(record({ log: 'billing' }), 'intake', 5)).toBeNull();
    expect(skim(record(), 'intake', 6)).toBeNull();
    expect(skim(Buffer.from(Buffer.from(record()).toString().replace('"format":1', '"format":2')), 'intake', 5)).toBeNull();
  });

  it('is not fooled by content that looks like an envelope', () => {
    const inside = '{"note":"\\",\\"index\\":4,\\"log\\":\\"intake\\",\\"occurredAt\\":\\""}';
    expect(skim(record({ data: inside, index: 9 }), 'intake', 5)).toBeNull();
    expect(skim(record({ end: ' ' }), 'intake', 5)).toBeNull();
  });

  it('has to be read whole when it is not UTF-8', () => {
    const broken = Buffer.from(record({ data: '{"a":"x"}' }));
    broken[broken.indexOf('"x"') + 1] = 0xff;
    expect(skim(broken, 'intake', 5)).toBeNull();
  });
});
