import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'

/** A vitest reporter that writes what counts as JSON to the file named by OUTCRY_TEST_SUMMARY. */
export default class TestSummaryReporter {
  onTestRunEnd(modules, unhandledErrors, reason) {
    const summary = { passed: 0, failed: 0, skipped: [], broken: [], errors: unhandledErrors.length, reason }
    for (const module of modules) {
      const file = relative(process.cwd(), module.moduleId)
      // A file that cannot be loaded has no tests to fail, and still is a failure.
      if (module.errors().length > 0) summary.broken.push(file)
      for (const test of module.children.allTests()) {
        const result = test.result()
        if (result.state === 'passed') summary.passed += 1
        else if (result.state === 'failed') summary.failed += 1
        else summary.skipped.push({ file, name: test.fullName, why: result.note ?? whySkipped(test) })
      }
      for (const suite of module.children.allSuites()) if (suite.errors().length > 0) summary.broken.push(file)
    }
    summary.broken = [...new Set(summary.broken)]
    writeFileSync(process.env.OUTCRY_TEST_SUMMARY, JSON.stringify(summary))
  }
}

const whySkipped = (test) => {
  if (test.result().state === 'pending') return 'did not run: the run was stopped'
  return test.options.mode === 'todo' ? 'marked as to do' : 'its condition does not hold on this machine'
}
