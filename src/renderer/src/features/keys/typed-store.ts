import { create } from 'zustand';

/** Digits of a timeframe that is being typed. */
export const useTypedStore = create<{ readonly typed: string }>()(() => ({ typed: '' }));
