import { ViewBuilding, ViewStopped } from 'aftercare/projections';
import { problemOf } from './problem-of.js';

describe('a list whose rows are not there', () => {
  it('because they are being computed is a 503 that says how far it is and when to ask again', () => {
    const problem = problemOf(new ViewBuilding('complaint', { done: 512, of: 20_000 }, 7));
    expect(problem).toMatchObject({ status: 503, code: 'view-building', retryAfterSeconds: 7 });
    expect(problem?.detail.en).toContain('512 of 20000 events');
    expect(problem?.detail.zh).toContain('512/20000');
  });

  it('because its fold has stopped is a 503 that sends people to the operator, without the reason', () => {
    const problem = problemOf(new ViewStopped('view complaint has stopped at 王护士长'));
    expect(problem).toMatchObject({ status: 503, code: 'view-unavailable', retryAfterSeconds: 60 });
    expect(JSON.stringify(problem)).not.toContain('王护士长');
  });
});
