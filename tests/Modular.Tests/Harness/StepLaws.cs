using System.Reflection;
using Modular.Sdk;

namespace Modular.Tests.Harness;

/// <summary>What holds for every kind of row that takes steps, whatever its steps are.</summary>
public static class StepLaws
{
    /// <summary>
    /// Takes many of <paramref name="acts"/> in any order: none leaves the graph, one that is refused changes nothing, and taken back one by one
    /// they lead through the same rows to the first.
    /// </summary>
    /// <param name="acts">Each takes a step, with values that sometimes fit and sometimes do not; together they take every step.</param>
    public static void Hold<TRow, TState>(
        Steps<TRow, TState> steps, Func<TRow> make, Func<TRow, TState> state, Func<TRow, List<StepLine<TRow>>> history,
        IReadOnlyList<Func<TRow, string?>> acts, Func<TRow, string?> takeBack)
        where TRow : class, IVersioned where TState : struct, Enum
    {
        var taken = new HashSet<string>();
        for (var walk = 0; walk < 500; walk++)
        {
            // The same walks every time: what fails fails again.
            var (random, row) = (new Random(walk), make());
            var before = new Stack<(string Values, bool Whole)>();
            for (var i = 0; i < 24; i++)
            {
                var act = acts[random.Next(acts.Count)];
                var (was, from, lines) = (Values(row), state(row), history(row).Count);
                if (act(row) is { } refused)
                {
                    Assert.True(refused.Length > 10 && refused.EndsWith('.'), refused);
                    Assert.Equal((was, lines), (Values(row), history(row).Count));
                    continue;
                }

                Assert.Equal(lines + 1, history(row).Count);
                var (line, to) = (history(row)[^1], state(row));
                var step = steps.All.Single(s => s.Name == line.Step);
                Assert.Contains(from, step.From);
                Assert.Contains(to, step.To.Count == 0 ? [from] : step.To);
                Assert.Equal((from.Text(), to.Text()), (line.FromState, line.ToState));
                taken.Add(step.Name);
                if (!step.CanBeTakenBack)
                {
                    // What stays for good is not in the rows of before.
                    before = new(before.Reverse().Select(b => b with { Whole = false }));
                    continue;
                }

                before.Push((was, true));
            }

            while (before.TryPop(out var was))
            {
                Assert.Null(takeBack(row));
                if (was.Whole)
                {
                    Assert.Equal(was.Values, Values(row));
                }
            }

            Assert.NotNull(takeBack(row));
        }

        Assert.Equal(steps.All.Select(s => s.Name).Order(), taken.Order());
    }

    private static string Values(object row) => string.Join('\n', row.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => p.GetSetMethod(nonPublic: true) is not null)
        .Select(p => $"{p.Name}: {(p.GetValue(row) is Array many ? string.Join(',', many.Cast<object>()) : p.GetValue(row))}"));
}
