import { type JSX, useEffect, useRef, useState } from 'react';

interface SearchFormProps {
  readonly search: string;
  readonly source: string;
  readonly sources: readonly { readonly id: string; readonly kindName: string }[];
  readonly onChange: (search: string, source: string) => void;
}

/** Long enough that a word being typed is not asked for letter by letter. Milliseconds. */
const pause = 300;

export function SearchForm({ search, source, sources, onChange }: SearchFormProps): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(search);
  useEffect(() => setText(search), [search]);
  useEffect(() => {
    if (text.trim() === search) return;
    const timer = setTimeout(() => onChange(text.trim(), source), pause);
    return () => clearTimeout(timer);
  }, [text, search, source, onChange]);
  const clear = (): void => {
    onChange('', source);
    input.current?.focus();
  };
  return (
    <search>
      <form
        className="search"
        onSubmit={(event) => {
          event.preventDefault();
          onChange(text.trim(), source);
        }}
      >
        <div className="field grow">
          <label htmlFor="search">Name</label>
          <div className="clearable">
            <input
              ref={input}
              id="search"
              value={text}
              onChange={(event) => setText(event.target.value)}
              placeholder="A part of a name"
              autoComplete="off"
              spellCheck={false}
              enterKeyHint="search"
            />
            {text !== '' && (
              <button type="button" className="plain" onClick={clear}>
                Clear<span className="unseen"> the search</span>
              </button>
            )}
          </div>
        </div>
        <div className="field">
          <label htmlFor="source">Source</label>
          <select id="source" value={source} onChange={(event) => onChange(text.trim(), event.target.value)}>
            <option value="">All sources</option>
            {sources.map(({ id, kindName }) => (
              <option key={id} value={id}>
                {kindName}
              </option>
            ))}
          </select>
        </div>
      </form>
    </search>
  );
}
