/** A walk of closes around 1,000 in steps of 5 paise: the same numbers on every machine and run. */
export function walk(length: number): Float64Array {
  const closes = new Float64Array(length);
  let state = 20_261_121;
  let close = 1_000;
  for (let index = 0; index < length; index += 1) {
    // Numerical Recipes' linear congruential generator; its upper bits are random enough for prices.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    close = Math.max(100, close + ((state >>> 16) % 41) * 0.05 - 1);
    closes[index] = Math.round(close * 20) / 20;
  }
  return closes;
}
