namespace Modular.Sdk;

/// <summary>A verb of the command line that a module brings, see <see cref="ModuleBuilder.Verb"/>.</summary>
public sealed record VerbDeclaration(string Name, string Usage, string Description, Func<VerbCall, CancellationToken, Task<int>> Run);

/// <summary>What a verb was called with, and where it answers.</summary>
/// <param name="Arguments">All that was typed after its name, as it was typed.</param>
/// <param name="Input">What is piped into it.</param>
/// <param name="Output">What was asked for, and nothing else: others may read it with a program.</param>
/// <param name="Error">Sentences for the person who typed.</param>
public sealed record VerbCall(IReadOnlyList<string> Arguments, Stream Input, TextWriter Output, TextWriter Error);
