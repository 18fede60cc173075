/**
 * The length of a log that can only be asked "is there an event at this index". Logs are dense, so doubling and then
 * halving finds the end in some forty questions however long it is.
 */
export async function logEnd(holds: (index: number) => Promise<boolean>): Promise<number> {
  if (!await holds(0)) return 0;
  let present = 0;
  let absent = 1;
  while (await holds(absent)) {
    present = absent;
    absent *= 2;
  }
  while (absent - present > 1) {
    const middle = Math.floor((present + absent) / 2);
    if (await holds(middle)) present = middle;
    else absent = middle;
  }
  return absent;
}
