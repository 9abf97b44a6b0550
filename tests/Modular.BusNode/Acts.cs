using Microsoft.Extensions.DependencyInjection;
using Modular.Facts.Messages;
using Modular.Host.Data;
using Modular.Host.Enabling;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.BusNode;

/// <summary>Lines as a manager's clicks: <c>on</c>, <c>off</c> and <c>rebuild MODULE</c>, <c>note NUMBER TEXT</c>, and <c>state MODULE</c> as this host serves it.</summary>
internal sealed class Acts(IServiceProvider services, Practice practice)
{
    private static readonly Actor Manager = Actor.System("manager");
    private readonly ModuleEnabling enabling = services.GetRequiredService<ModuleEnabling>();

    public async Task RunAsync()
    {
        while (await Console.In.ReadLineAsync() is { } line)
        {
            Console.WriteLine(await AnswerAsync(line.Split(' ', 3)));
        }
    }

    private async Task<string> AnswerAsync(string[] words)
    {
        try
        {
            switch (words[0])
            {
                case "on": await enabling.EnableAsync(practice, words[1], null, Manager, default); break;
                case "off": await enabling.DisableAsync(practice, words[1], Manager, default); break;
                case "rebuild": await enabling.RebuildAsync(practice, words[1], Manager, default); break;
                case "note": await PublishAsync(new NoteFact(int.Parse(words[1], null), words[2])); break;
                case "state": return practice.Snapshot.ModuleStates.GetValueOrDefault(words[1], "off");
                default: return $"unknown {words[0]}";
            }

            return "done";
        }
        catch (EnablingRefusedException refused)
        {
            return $"refused: {refused.Message}";
        }
        catch (Exception e)
        {
            return $"failed: {e}".ReplaceLineEndings(" | ");
        }
    }

    private async Task PublishAsync(object message)
    {
        await using var scope = services.OpenScope(practice, Manager);
        await scope.ServiceProvider.GetRequiredService<IMessageBus>().PublishAsync(message);
        await scope.ServiceProvider.GetRequiredService<Work>().FlushAsync();
    }
}
