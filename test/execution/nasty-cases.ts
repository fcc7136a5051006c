import { getIntrospectionQuery } from 'graphql';

type Case = readonly [text: string, variables?: Readonly<Record<string, unknown>> | null, operationName?: string];

const manyKeys = Array.from({ length: 300 }, (_, at) => `k${at}: colour`).join(' ');

export const nastyCases: readonly Case[] = [
  // Names and merging.
  [
    '{ __typename a: __typename thing { name ...on Thing { name n: name } ...F } ...Q } fragment F on Named { name __typename } fragment Q on Query { thing { x: name } __typename }',
  ],
  ['{ __proto__: colour constructor: colour toString: id then: id }'],
  [`{ ${manyKeys} }`],
  ['{ b: colour a: id thing { b: name a: name } ...{ a: id c: id } thing { a: name c: name } }'],
  ['{ thing { thing { name } } thing { thing { colour } thing { name must } } }'],
  ['{ thing { ...Loop } } fragment Loop on Thing { name thing { ...Two } ...Two } fragment Two on Thing { c: name }'],
  // What resolvers do wrong.
  ['{ throws throwsText throwsNothing throwsTold throwsLocated rejects returnsError }'],
  ['{ rejects throws again: rejects }'],
  ['{ nan float big id text boolean badColour colours getter }'],
  ['{ numbers }'],
  ['{ mustNumbers set noList textList holes }'],
  ['{ mustNumbersLater deep }'],
  ['{ deep throws deepMust }'],
  // Nulls that go up, and what fails below them later on.
  ['{ must throws }'],
  ['{ throws must }'],
  ['{ rejects mustLater numbers }'],
  ['{ undefinedMust colour }'],
  ['{ thinglessMust { name } rejects }'],
  ['{ thing { must late } }'],
  ['{ thing { late must } }'],
  ['{ thing { late lateMust colour } colour }'],
  ['{ thing { mustThing { late lateMust } late colour } }'],
  ['{ thing { thing { mustThing { mustThing { lateMust } } } things { lateMust late } } }'],
  ['{ thing { things { name must } late } }'],
  // Abstract types.
  [
    '{ a: named(is: "Thing") { name __typename ...on Thing { things { name } } } b: named(is: "Other") { __typename ...on Other { other } } }',
  ],
  ['{ a: named(is: "Nobody") { name } b: named(is: "String") { name } c: named(is: "Query") { name } d: named { name } }'],
  ['{ namedLater { name } namedType { name } namedNumber { name } namedNothing { name } }'],
  ['{ either { __typename ...on Other { other } } eithers { __typename ...on Thing { name } ...on Other { other } } }'],
  ['{ wrongThing { name } lateWrong { name } thenable { name } }'],
  // Arguments and variables.
  [
    '{ echo a: echo(text: null, flag: false) b: echo(range: {}) c: echo(range: { from: null, to: 2 }, ranges: { to: 1 }, colour: GREEN) }',
  ],
  ['query ($a: Int, $b: Int = 5, $c: [Range!]) { echo(range: { from: $a, to: $b }, ranges: $c) info(n: $a) }', { a: 3 }],
  [
    'query ($a: Int, $b: Int = 5, $c: [Range!]) { echo(range: { from: $a, to: $b }, ranges: $c) info(n: $a) }',
    { b: null, c: { from: 2 } },
  ],
  ['query ($f: Boolean = true) { echo(flag: $f) colour }', { f: null }],
  ['query ($f: Boolean) { echo(flag: $f) colour }', {}],
  ['query ($n: Int!) { info(n: $n) }', {}],
  ['query ($n: Int!, $c: Colour!) { info(n: $n) echo(colour: $c) }', { n: 'x', c: 'REDD' }],
  ['query ($r: Range!) { echo(range: $r) }', { r: { form: 1 } }],
  ['{ info(n: 2) thing { name } method(n: 1) function }'],
  ['{ info }', null],
  // Not valid, and yet graphql has an answer.
  ['{ nothing colour thing { nothing } }'],
  ['{ info(n: "x") colour }'],
  ['{ echo(range: { from: "x" }) }'],
  ['{ echo(flag: null) ...Missing }'],
  // Conditions.
  [
    'query ($y: Boolean!) { a: id @include(if: $y) b: id @skip(if: $y) ...F @include(if: $y) ...@skip(if: $y) { c: id } } fragment F on Query { d: id }',
    { y: true },
  ],
  [
    'query ($y: Boolean!) { a: id @include(if: $y) b: id @skip(if: $y) ...F @include(if: $y) ...@skip(if: $y) { c: id } } fragment F on Query { d: id }',
    { y: false },
  ],
  ['{ a: id @include(if: false) thing { name @skip(if: true) } b: id @skip(if: false) @include(if: true) }'],
  ['query ($y: Boolean = true) { a: id @include(if: $y) }', { y: null }],
  ['query ($y: Boolean = true) { colour thing { name @include(if: $y) } }', { y: null }],
  ['query ($y: Boolean = true) { colour thing { must @include(if: $y) } }', {}],
  ['query ($y: Boolean) { colour thing { name @include(if: $y) } }', {}],
  // What graphql itself has to execute, or refuses.
  ['mutation { a b }'],
  ['subscription { a }'],
  ['query A { colour } query B { id }'],
  ['query A { colour } query B { id }', {}, 'B'],
  ['query A { colour } query B { id }', {}, 'C'],
  ['fragment F on Query { id }'],
  ['{ ...@defer { id } colours @stream }'],
  [getIntrospectionQuery()],
  [
    '{ __type(name: "Thing") { name fields(includeDeprecated: true) { name type { kind ofType { name } } } } __schema { queryType { name } } }',
  ],
];
