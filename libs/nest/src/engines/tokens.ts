export const READ_MODELS = Symbol('read models');
export const EVENT_STORE = Symbol('event store');
