import { SERVICES } from '../launcher/index.js';
import { COMPLAINT } from './load/complaint.js';
import { againstLimit, type Bench, type Measure } from './measure.js';
import { RunningCompany } from './running-company.js';

const ROWS_IN_A_BATCH = 250;
const SIDE_BY_SIDE = 4;
const ROWS_PER_SECOND = 2_000;

/** Rows of a register through the gateway and the same checks and rules as the screen, several batches under way. */
export async function measureImport({ quick, say }: Bench): Promise<Measure> {
  const [count, batches] = quick ? [3, 12] : [5, 24];
  const company = await RunningCompany.start(SERVICES);
  try {
    const perSecond: number[] = [];
    await importRows(company, 'warm-up', batches);
    for (let round = 1; round <= count; round += 1) {
      await company.quiet();
      say(`import: ${batches * ROWS_IN_A_BATCH} rows, round ${round} of ${count}`);
      perSecond.push(await importRows(company, `round-${round}`, batches));
    }
    return againstLimit({
      id: 'import', what: 'Import, rows that became cases', unit: 'rows/s',
      how: `POST /intake/complaints/import through the gateway, ${ROWS_IN_A_BATCH} rows a batch, ${SIDE_BY_SIDE} batches under way, until every row is durable; all departments react meanwhile`,
    }, perSecond, { atLeast: ROWS_PER_SECOND });
  } finally {
    await company.stop();
  }
}

async function importRows(company: RunningCompany, register: string, batches: number): Promise<number> {
  const authorization = `Bearer ${await company.token('intake.clerk')}`;
  const url = `${company.urlOf('gateway')}/intake/complaints/import`;
  const command = { ...JSON.parse(COMPLAINT) as object, channel: 'register' };
  let next = 0;
  const began = performance.now();
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, async () => {
    for (let batch = next++; batch < batches; batch = next++) {
      const rows = Array.from({ length: ROWS_IN_A_BATCH }, (_, i) => ({ key: `row-${batch * ROWS_IN_A_BATCH + i}`, command }));
      const response = await fetch(url, { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body: JSON.stringify({ register, rows }) });
      const answer = await response.json() as { results?: readonly { receipt?: object }[] };
      const taken = answer.results?.filter(({ receipt }) => receipt).length ?? 0;
      if (taken !== rows.length) throw new Error(`only ${taken} of ${rows.length} rows became cases: ${JSON.stringify(answer).slice(0, 300)}`);
    }
  }));
  return batches * ROWS_IN_A_BATCH / ((performance.now() - began) / 1_000);
}
