using System.Reflection;
using System.Text.Json;
using Modular.Host.Installed;
using Modular.Host.Judging;
using Modular.Sdk;

namespace Modular.Host.Bus;

/// <summary>Every handler of this process, by queue and by message. A module that breaks a rule is refused with the sentence; the others run.</summary>
public sealed class HandlerMap
{
    private readonly Dictionary<(string Queue, string Alias), Handler> byQueue;
    private readonly ILookup<string, Handler> byAlias;
    private readonly Dictionary<string, Type> types;

    public HandlerMap(IEnumerable<Handler> handlers)
    {
        All = [.. handlers];
        byQueue = All.ToDictionary(h => (h.Queue, h.Alias));
        byAlias = All.ToLookup(h => h.Alias);
        types = All.DistinctBy(h => h.Alias).ToDictionary(h => h.Alias, h => h.MessageType);
        Queues = [.. All.Select(h => h.Queue).Distinct()];
        SequentialQueues = [.. All.Where(h => h.Sequential).Select(h => h.Queue).Distinct()];
    }

    public IReadOnlyList<Handler> All { get; }

    /// <summary>The queues this process may claim from; a newer host's own stay with it.</summary>
    public string[] Queues { get; }

    /// <summary>Here a message without a key has the empty one: the whole queue is one order.</summary>
    public string[] SequentialQueues { get; }

    public Handler? Find(string queue, string alias) => byQueue.GetValueOrDefault((queue, alias));

    public IEnumerable<Handler> Of(string alias) => byAlias[alias];

    public Type? TypeOf(string alias) => types.GetValueOrDefault(alias);

    /// <summary>The message that the row holds, or <see cref="Unreadable"/>.</summary>
    public object Read(InboxRow row)
    {
        if (Find(row.Queue, row.Alias) is not { } handler)
        {
            return new Unreadable($"No handler of {row.Queue} takes {row.Alias}.");
        }

        try
        {
            return JsonSerializer.Deserialize(row.Delivery.Data, handler.MessageType, MessageNames.Json) ?? new Unreadable($"The body of {row.Alias} is empty.");
        }
        catch (JsonException e)
        {
            return new Unreadable($"The body is no {row.Alias}.", e);
        }
    }

    public static HandlerMap Discover(LoadedModule core, IReadOnlyList<LoadedModule> modules)
    {
        var handlers = new List<Handler>(HandlerDiscovery.Find(core));
        foreach (var module in modules.Where(m => m.Runs))
        {
            try
            {
                var own = HandlerDiscovery.Find(module);
                if (own.FirstOrDefault(h => handlers.Any(o => o.Queue == h.Queue)) is { } taken)
                {
                    throw new HandlerRefusedException($"Its queue {taken.Queue} belongs to another module.");
                }

                CheckJobs(module);
                RefuseSecond([.. handlers, .. own], module);
                handlers.AddRange(own);
            }
            catch (HandlerRefusedException e)
            {
                module.Refuse(ModuleStatus.Refused, e.Message);
            }
            catch (Exception e) when (e is TypeLoadException or FileNotFoundException or MissingMethodException or InvalidOperationException)
            {
                module.Refuse(ModuleStatus.NotSupported, $"One of its handlers cannot be prepared: {e.Message}");
            }
        }

        // A module refused here may have been what another one needed.
        DeclarationCheck.TurnOffUnmet(core, modules);
        return new(handlers.Where(h => h.Module == core.Id || modules.Any(m => m.Id == h.Module && m.Runs)));
    }

    private static void CheckJobs(LoadedModule module)
    {
        foreach (var job in module.Declared.Jobs)
        {
            var fault = !job.Id.StartsWith(module.Id + ".", StringComparison.Ordinal) ? $"must be named {module.Id}.something"
                : !Bus.JobTimes.IsValid(job.Cron) ? $"has the schedule \"{job.Cron}\", which is no Quartz cron expression"
                : MessageNames.Find(job.Message) is null ? $"sends {job.Message.Name}, which has no [Message(\"module.name.v1\")]"
                : null;
            if (fault is not null)
            {
                throw new HandlerRefusedException($"Its job {job.Id} {fault}.");
            }
        }
    }

    /// <summary>A command is answered once: a second handler anywhere is refused, the first one stays.</summary>
    private static void RefuseSecond(List<Handler> handlers, LoadedModule module)
    {
        var twice = handlers.GroupBy(h => h.Alias).FirstOrDefault(g =>
            g.Count() > 1 && g.Any(h => h.Module == module.Id) && g.First().MessageType.GetCustomAttribute<MessageAttribute>()!.OneHandler);
        if (twice is not null)
        {
            throw new HandlerRefusedException($"{twice.Key} is handled once, and {twice.First().Queue} already does; {twice.Last().Queue} may not.");
        }
    }
}

/// <summary>Stands for a message that is unknown here or whose body is not what its alias promises: no retry helps.</summary>
public sealed record Unreadable(string Sentence, Exception? Inner = null);
