import type { GraphiQLOptions } from 'graphql-yoga';

/**
 * GraphiQL as one page that asks nobody but this server: scripts, styles, fonts and workers are within it. They are nine megabytes,
 * loaded when somebody opens the page.
 */
export async function renderPage(options: GraphiQLOptions): Promise<string> {
  const { renderGraphiQL: render } = await import('@graphql-yoga/render-graphiql');
  return render(options).replace('</head>', () => `<style>${mending}</style></head>`);
}

const mending = `
/* Tabs can be dragged, and GraphiQL computes a wrong place for them as soon as there are several. It hides that until one is
   pressed: then it jumps from under the pointer, and the click is lost. */
.graphiql-tab { transform: none !important; }
/* The editor frames letters that could be taken for others. In people's names that is nearly every accent and apostrophe. */
.monaco-editor .unicode-highlight { border-color: transparent !important; background: none !important; }
`;
