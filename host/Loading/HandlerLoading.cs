using System.Reflection;
using Modular.Host.Bus;
using Modular.Host.Installed;
using Modular.Host.Judging;
using Modular.Sdk;

namespace Modular.Host.Loading;

/// <summary>Finds the handlers of all modules. A module that breaks a rule is refused with the sentence; the others run.</summary>
public static class HandlerLoading
{
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
                : !JobTimes.IsValid(job.Cron) ? $"has the schedule \"{job.Cron}\", which is no Quartz cron expression"
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
