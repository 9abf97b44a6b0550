using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Modular.Tests.Harness;

[assembly: AssemblyFixture(typeof(LogCanary))]

namespace Modular.Tests.Harness;

/// <summary>
/// No patient data in logs: every host of the test run writes its log here too. Whatever stands for patient data in a test holds
/// <see cref="Token"/>; a single line with it fails the test that runs last (<see cref="LogCanaryTests"/>), and what is logged after that the run itself.
/// </summary>
public sealed class LogCanary : IDisposable
{
    public const string Token = "Zqcanary";

    private static readonly ConcurrentQueue<string> Found = new();

    /// <summary>Lines that a host's log configuration let through.</summary>
    public static ILoggerProvider Listen(ConcurrentQueue<string>? lines = null) => new Provider(lines);

    /// <summary>Every line found so far, and starts anew.</summary>
    public static IReadOnlyList<string> Take()
    {
        var lines = Found.ToArray();
        Found.Clear();
        return lines;
    }

    public void Dispose() => Assert.True(Found.IsEmpty, $"{Found.Count} log lines hold patient data, the first: {(Found.TryPeek(out var line) ? line : "")}");

    private sealed class Provider(ConcurrentQueue<string>? lines) : ILoggerProvider, ISupportExternalScope
    {
        private IExternalScopeProvider scopes = new LoggerExternalScopeProvider();

        public ILogger CreateLogger(string categoryName) => new Listener(categoryName, this);

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

        public void Dispose()
        {
        }

        private void Hear(string line)
        {
            scopes.ForEachScope((scope, _) => line += $" [{scope}]", 0);
            lines?.Enqueue(line);
            if (line.Contains(Token, StringComparison.OrdinalIgnoreCase))
            {
                Found.Enqueue(line);
            }
        }

        private sealed class Listener(string category, Provider provider) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => provider.scopes.Push(state);

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                provider.Hear($"{logLevel} {category}: {formatter(state, exception)} {exception}");
        }
    }
}
