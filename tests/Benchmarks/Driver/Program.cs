using System.Runtime.Loader;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Modular.Benchmarks.Driver;
using Modular.Host.Composition;
using Modular.Host.Practices;
using Modular.Host.Start;

// A host that does what its input says, a line each, and answers each with a line: what is measured below HTTP, of any version of the product
// that this is built against. Arguments: connection, data folder, modules folder.
//   practice SLUG            makes a practice with people, unless it is there
//   publish SLUG SECONDS     eight publishers, one transaction a message: messages a second
//   many SLUG COUNT SIZE     so many messages, SIZE of them in one transaction
//   idle SLUG COUNT          one at a time, until its effect is seen: milliseconds of each
AssemblyLoadContext.Default.Resolving += (context, name) =>
    Path.Combine(args[2], "patients", $"{name.Name}.dll") is var file && File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
var options = new StartOptions { Connection = args[0], DataDirectory = args[1], ModulesDirectory = args[2], Port = 0 };
await using var app = HostApp.Build(options, builder =>
    builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning));
await app.StartAsync();
await app.Services.GetRequiredService<NodeService>().Ready;
var driven = new Dictionary<string, Messages>();
Console.WriteLine("ready");
while (await Console.In.ReadLineAsync() is { } line)
{
    try
    {
        Console.WriteLine(await AnswerAsync(line.Split(' ')));
    }
    catch (Exception e) when (e is not OutOfMemoryException)
    {
        Console.WriteLine($"failed: {e}".ReplaceLineEndings(" | "));
    }
}

await app.StopAsync();

async Task<string> AnswerAsync(string[] words)
{
    if (words[0] == "practice")
    {
        await PracticeWithPeople.EnsureAsync(app.Services, words[1]);
        return "done";
    }

    if (!driven.TryGetValue(words[1], out var messages))
    {
        driven[words[1]] = messages = new(app.Services, app.Services.GetRequiredService<PracticeRegistry>().FindSlug(words[1])!);
    }

    return words[0] switch
    {
        "publish" => await messages.PublishAsync(TimeSpan.FromSeconds(double.Parse(words[2]))),
        "many" => await messages.ManyAsync(int.Parse(words[2]), int.Parse(words[3])),
        "idle" => await messages.IdleAsync(int.Parse(words[2])),
        _ => $"failed: {words[0]} is not understood",
    };
}
