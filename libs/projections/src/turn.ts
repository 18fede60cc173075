/** Lets requests and the live model have their turn. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
