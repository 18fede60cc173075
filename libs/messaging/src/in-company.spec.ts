import { InCompany } from './in-company.js';

const LONG_MS = 60_000;

describe('small things done in one go', () => {
  it('given fewer than enough, when the time has passed, then they go', async () => {
    const company = new InCompany(5, 3);
    await Promise.all([company.join(), company.join()]);
  });

  it('given enough, then they go at once and the next begin a wait of their own', async () => {
    const company = new InCompany(LONG_MS, 2);
    await Promise.all([company.join(), company.join()]);
    let gone = false;
    const next = company.join().then(() => { gone = true; });
    await Promise.resolve();
    expect(gone).toBe(false);
    company.go();
    await next;
  });

  it('given some that wait, when somebody goes anyway, then they are taken along', async () => {
    const company = new InCompany(LONG_MS, 10);
    const waiting = Promise.all([company.join(), company.join(), company.join()]);
    company.go();
    await waiting;
  });
});
