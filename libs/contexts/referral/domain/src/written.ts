/** Whether somebody wrote something: blanks are not a rationale. */
export const isWritten = (text: string): boolean => text.trim().length > 0;
