/** How much of what was heard can be kept after the fact. */
export const keptSeconds = 60;
