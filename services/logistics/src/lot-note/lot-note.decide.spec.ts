import { given } from 'aftercare/testing';
import type { LotNoteCommand } from './lot-note.js';
import { lotNote } from './lot-note.decide.js';

const note = (expiresOn: string | null): LotNoteCommand => ({ type: 'NoteLotExpiry', productCode: 'DV-100', lot: 'L-77', expiresOn });

describe('a lot note', () => {
  it('P002A-17 keeps the expiry of a lot, takes a correction, and says nothing twice', () => {
    const first = given(lotNote).when(note('2027-06-01'));
    expect(first.state.own).toMatchObject({ stage: 'noted', expiresOn: '2027-06-01' });
    const noted = given(lotNote, { type: 'LotExpiryNoted', data: { productCode: 'DV-100', lot: 'L-77', expiresOn: '2027-06-01' } });
    expect(noted.when(note('2027-06-01')).types).toEqual([]);
    expect(noted.when(note('2027-05-01')).state.own).toMatchObject({ expiresOn: '2027-05-01' });
    expect(noted.when(note(null)).state.own).toMatchObject({ expiresOn: null });
  });
});
