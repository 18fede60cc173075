/** Departments in the order in which they start; what they need of each other they wait for, so the order is only for people. */
export const DEPARTMENTS = ['registry', 'intake', 'quality', 'logistics', 'billing', 'surveys'] as const;

export const GATEWAY = 'gateway';
/** The gateway comes last: whoever sees it ready sees everything ready. */
export const SERVICES: readonly string[] = [...DEPARTMENTS, GATEWAY];

const FIRST_PORT = 4300;

/** The port people can count on while nobody else has it: 4300 for the gateway, then the departments. */
export function usualPort(service: string): number {
  const place = (DEPARTMENTS as readonly string[]).indexOf(service);
  return FIRST_PORT + place + 1;
}
