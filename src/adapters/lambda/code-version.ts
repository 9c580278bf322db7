/** Changes with every release of the code. */
export const codeVersion = '0.1.0';
