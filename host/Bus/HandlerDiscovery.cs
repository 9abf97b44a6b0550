using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Modular.Host.Installed;
using Modular.Sdk;

namespace Modular.Host.Bus;

/// <summary>Finds the handlers of one module by convention, and says in a sentence what breaks the convention.</summary>
public static partial class HandlerDiscovery
{
    private const BindingFlags AnyMethod = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <exception cref="HandlerRefusedException">Something in the module breaks a rule of the bus.</exception>
    public static IReadOnlyList<Handler> Find(LoadedModule module) => Find(module.Id, module.Assembly!.GetTypes(), Projections(module));

    public static IReadOnlyList<Handler> Find(string module, IEnumerable<Type> types, IEnumerable<Handler>? projections = null)
    {
        var handlers = types.Where(IsCandidate).SelectMany(type => Of(module, type)).Concat(projections ?? []).ToList();
        if (handlers.GroupBy(h => (h.Queue, h.Alias)).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new HandlerRefusedException($"Two of its handlers take {twice.Key.Alias} from the queue {twice.Key.Queue}; each needs a name of its own.");
        }

        return handlers;
    }

    /// <summary>A projection handles its messages like a class named after each of them: of PatientChanged, module.patient-changed takes all that came together.</summary>
    private static IEnumerable<Handler> Projections(LoadedModule module)
    {
        foreach (var steps in module.Declared.Projections.SelectMany(p => p.Steps).GroupBy(s => s.Message))
        {
            var alias = MessageNames.Find(steps.Key)
                ?? throw new HandlerRefusedException($"Its projection follows {steps.Key.Name}, which has no [Message(\"module.name.v1\")].");
            var (database, all) = (module.Declared.Databases.Single(), steps.ToArray());
            yield return new($"{module.Id}.{Names.Kebab(steps.Key.Name)}", module.Id, alias, steps.Key, TakesList: true, Sequential: false, External: false, async call =>
            {
                foreach (var step in all)
                {
                    await step.TakeAsync((ModuleDb)call.Services.GetRequiredService(database), (IReadOnlyList<object>)call.Message, call.Stop);
                }

                return null;
            });
        }
    }

    // Static classes are abstract to reflection.
    private static bool IsCandidate(Type type) =>
        type is { IsClass: true, ContainsGenericParameters: false } && type.Name.EndsWith("Handler", StringComparison.Ordinal) && (!type.IsAbstract || type.IsSealed);

    private static IEnumerable<Handler> Of(string module, Type type)
    {
        foreach (var method in type.GetMethods(AnyMethod).Where(m => m.Name is "Handle" or "HandleAsync"))
        {
            var isPublic = method.IsPublic && type.IsVisible;
            if (method.GetParameters().FirstOrDefault()?.ParameterType is not { } first)
            {
                throw new HandlerRefusedException($"{type.Name}.{method.Name} has no parameter; the first one is the message.");
            }

            var takesList = first.IsGenericType && first.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);
            var message = takesList ? first.GetGenericArguments()[0] : first;
            if (MessageNames.Find(message) is not { } alias)
            {
                if (!isPublic)
                {
                    continue;
                }

                throw new HandlerRefusedException($"{type.Name} handles {message.Name}, which has no [Message(\"module.name.v1\")].");
            }

            if (!isPublic)
            {
                throw new HandlerRefusedException($"{type.Name} handles {alias} but is not public, so it would never run.");
            }

            CheckResult(type, HandlerCompiler.ResultOf(method.ReturnType));
            yield return new(Queue(module, type), module, alias, message, takesList,
                type.IsDefined(typeof(SequentialAttribute)), type.IsDefined(typeof(ExternalAttribute)),
                HandlerCompiler.Compile(type, method, Beside(type, "Load", first), Beside(type, "Validate", first)));
        }
    }

    /// <summary>Load or Validate of the same class for the same message.</summary>
    private static MethodInfo? Beside(Type type, string name, Type message) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .FirstOrDefault(m => (m.Name == name || m.Name == name + "Async") && m.GetParameters().FirstOrDefault()?.ParameterType == message);

    private static void CheckResult(Type type, Type result)
    {
        if (result == typeof(void) || result == typeof(object) || typeof(IEnumerable<object>).IsAssignableFrom(result) || result == typeof(OutgoingMessage))
        {
            return;
        }

        if (result.IsAssignableTo(typeof(ITuple)) && result.IsGenericType)
        {
            Array.ForEach(result.GetGenericArguments(), part => CheckResult(type, part));
        }
        else if (result.IsValueType || result == typeof(string))
        {
            throw new HandlerRefusedException($"{type.Name} returns {result.Name}; a handler returns messages or nothing.");
        }
        else if (!result.IsAbstract && MessageNames.Find(result) is null)
        {
            throw new HandlerRefusedException($"{type.Name} returns {result.Name}, which has no [Message(\"module.name.v1\")].");
        }
    }

    private static string Queue(string module, Type type)
    {
        var queue = type.GetCustomAttribute<QueueAttribute>()?.Name ?? $"{module}.{Names.Kebab(type.Name[..^"Handler".Length])}";
        // Its address is local://queue/, and an address knows no capitals.
        return QueueName().IsMatch(queue) ? queue : throw new HandlerRefusedException($"Its queue {queue} may hold small letters, digits, full stops and hyphens only.");
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]*[a-z0-9]$")]
    private static partial Regex QueueName();
}

public sealed class HandlerRefusedException(string sentence) : Exception(sentence);
