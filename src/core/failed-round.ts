/** What a prober notes of a round that came to nothing: its log is searched for these words, and an alarm counts them. */
export const failedRound = { late: 'round too late', unstored: 'beat not stored anywhere' } as const;
