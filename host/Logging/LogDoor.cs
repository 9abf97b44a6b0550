namespace Modular.Host.Logging;

/// <summary>
/// Every line passes here before any sink sees it, whichever sinks there are. What an exception says is left behind, for it may hold what
/// somebody typed or what a row held; its kind and the place in our code go on. Not there in development, where the whole trace is wanted
/// and no patient is real.
/// </summary>
public sealed class LogDoor(ILoggerFactory behind) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new Door(behind.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => behind.AddProvider(provider);

    public void Dispose() => behind.Dispose();

    private sealed class Door(ILogger behind) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => behind.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => behind.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!behind.IsEnabled(logLevel))
            {
                return;
            }

            var values = state as IReadOnlyList<KeyValuePair<string, object?>> ?? [];
            if (exception is null && !HoldsException(values))
            {
                behind.Log(logLevel, eventId, state, null, formatter);
                return;
            }

            // Some libraries put an exception among the values, from where it comes into the text.
            List<Exception> failures = [.. values.Select(v => v.Value).OfType<Exception>()];
            if (exception is not null && !failures.Contains(exception))
            {
                failures.Add(exception);
            }

            behind.Log(logLevel, eventId, new PlainLine(formatter(state, exception), values, failures), null, (line, _) => line.ToString());
        }

        private static bool HoldsException(IReadOnlyList<KeyValuePair<string, object?>> values)
        {
            for (var i = 0; i < values.Count; i++)
            {
                if (values[i].Value is Exception)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Text and values, as sinks that write either expect them.</summary>
    private sealed class PlainLine : List<KeyValuePair<string, object?>>
    {
        private readonly string text;

        public PlainLine(string text, IReadOnlyList<KeyValuePair<string, object?>> values, List<Exception> failures)
        {
            var told = string.Join("; ", failures.Select(Failure.Chain));
            this.text = $"{Hide(text, failures)} ({told})";
            AddRange(values.Select(v => KeyValuePair.Create<string, object?>(v.Key, v.Value switch
            {
                Exception e => Failure.Chain(e),
                string s => Hide(s, failures),
                var other => other,
            })));
            Add(new("failure", told));
        }

        public override string ToString() => text;

        private static string Hide(string text, List<Exception> failures) => failures.Aggregate(text, Failure.Hide);
    }
}
