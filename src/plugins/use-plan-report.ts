import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { wantsPlan } from '../edge/debug.ts';
import { createPlanNotes, type PlanNotes } from '../sources/plan-notes.ts';
import type { Watching } from '../sources/watching.ts';

/** What operations ask of the sources and why, told to those who ask for it. */
export interface PlanReports {
  readonly plugin: Plugin;
  /** Undefined: this request's operation is not watched. */
  watching(request: Asked): Watching | undefined;
}

interface Asked {
  readonly headers: { get(name: string): string | null };
}

/** `extensions.plan`, where the configuration allows it and the request asks for it. An answer in parts has none. */
export function usePlanReports(isAllowed: boolean): PlanReports {
  const notes = new WeakMap<Asked, PlanNotes>();
  return {
    watching: (request) => {
      if (!isAllowed || !wantsPlan(request.headers)) return undefined;
      const noted = createPlanNotes();
      notes.set(request, noted);
      return noted.watching;
    },
    plugin: {
      onExecute: ({ args }) => {
        // Yoga puts the request into every context.
        const { request } = args.contextValue as { readonly request: Asked };
        const noted = notes.get(request);
        if (noted === undefined) return undefined;
        return {
          onExecuteDone: ({ result, setResult }) => {
            if (Symbol.asyncIterator in result) return;
            setResult(withPlan(result, noted));
          },
        };
      },
    },
  };
}

const withPlan = (result: ExecutionResult, noted: PlanNotes): ExecutionResult => ({
  ...result,
  extensions: { ...result.extensions, plan: noted.told() },
});
