export { ProblemFilter, sendProblem } from './problem.filter.js';
export { describeProblem, type FieldError, HttpProblem, type Problem, type ProblemDetails } from './problems.js';
export { problemOfRefusal, refusalToProblem } from './refusal-to-problem.js';
