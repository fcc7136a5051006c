/** What is wrong with an option, as our own sentences say such things; null for an error of another kind. */
export function tellArgumentFault(error: unknown, command: string | undefined): string | null {
  if (!(error instanceof TypeError) || !('code' in error)) return null;
  const code = String(error.code);
  if (!code.startsWith('ERR_PARSE_ARGS')) return null;
  // Node says which only within its sentence: '--size <value>', or '-h, --help'.
  const option = /'(?:-\w, )?(--?[^' ]*)/.exec(error.message)?.[1] ?? 'an option';
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const own = command === 'keys' || command === 'explain' ? ` ${command}` : '';
    return `There is no option ${JSON.stringify(option)}. rollcall${own} --help lists those that there are.`;
  }
  if (error.message.includes('does not take')) return `${option} takes no value.`;
  return `${option} takes a value; one that begins with a dash is written with =, as in ${option}=-1.`;
}
