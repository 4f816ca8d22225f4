/** Values as words, the same everywhere in the window. */
export const formats = {
  /** For `Intl`: of numbers, and of dates. */
  numbers: 'en-US',
  dates: 'en-GB',
  free: 'free',
  /** Two amounts of money as they are shown: "$0.12" and "$0.24". */
  moneyRange: (low: string, high: string) => `${low}–${high.slice(1)}`,
  /** What a pod that is paid by the hour costs a picture. */
  podTime: 'pod time',
  notKnown: 'not known',
  orMore: (low: string) => `${low} or more`,
  upTo: (high: string) => `up to ${high}`,
  justNow: 'just now',
  minutesAgo: (minutes: number) => `${minutes} min ago`,
  today: (time: string) => `today ${time}`,
  yesterday: (time: string) => `yesterday ${time}`,
};
