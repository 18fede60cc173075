/** Injection tokens of things that are interfaces, not classes. */
export const EVENT_STORE = Symbol('EVENT_STORE');
export const VIEWS = Symbol('VIEWS');
