using System.Reflection;
using Microsoft.Extensions.Hosting;
using Modular.Host.Contracts;
using Modular.Host.Installed;
using Modular.Host.Judging;
using Modular.Sdk;

namespace Modular.Host.Loading;

/// <summary>Loads one judged module, lets it declare itself and checks the declarations. Whatever it throws stays its own problem.</summary>
public static class ModuleStarter
{
    public static void Start(LoadedModule module, IServiceCollection hostServices)
    {
        try
        {
            var assembly = ModuleLoader.Load(module);
            // Forces every type to load now, so that a missing type fails here and not in front of a patient.
            var types = assembly.GetTypes();
            var entry = types.Where(t => t is { IsPublic: true, IsAbstract: false } && t.IsAssignableTo(typeof(IModule))).ToList();
            if (entry.Count != 1)
            {
                module.Refuse(ModuleStatus.Refused, $"It must have exactly one public class that implements IModule; it has {entry.Count}.");
                return;
            }

            var builder = new ModuleBuilder(module.Manifest);
            ((IModule)Activator.CreateInstance(entry[0])!).Configure(builder);
            string?[] single =
            [
                Letters.LetterDeclarations.Fault(module.Manifest, module.Folder, [.. builder.Declared.Letters.Select(l => l.Kind)]),
                FeatureCheck.Fault(module.Id, builder.Declared, assembly),
                SharedMessages.Of(module.Manifest) is { } messages ? MessageIds.Fault(messages.GetExportedTypes()) : null,
            ];
            // All at once: whoever builds the module mends them at once.
            List<string> faults =
            [
                .. DeclarationCheck.Faults(module.Manifest, builder.Declared), .. ServiceFaults(builder.Services, hostServices),
                .. SliceCheck.Faults(assembly, module.Id), .. single.OfType<string>(),
            ];
            if (faults.Count > 0)
            {
                module.Refuse(ModuleStatus.Refused, string.Join(' ', faults.Distinct()));
                return;
            }

            module.Run(assembly, builder);
        }
        catch (ReflectionTypeLoadException e)
        {
            module.Refuse(ModuleStatus.NotSupported, $"A type it needs is missing: {e.LoaderExceptions.FirstOrDefault()?.Message}", e);
        }
        catch (Exception e)
        {
            // Contained on purpose: one module's failure must not keep the practice from its other pages.
            var thrown = e is TargetInvocationException { InnerException: { } inner } ? inner : e;
            module.Refuse(ModuleStatus.Malfunctioned, $"It failed to start: {thrown.Message}", thrown);
        }
    }

    private static IEnumerable<string> ServiceFaults(IServiceCollection services, IServiceCollection hostServices)
    {
        foreach (var service in services)
        {
            if (service.ServiceType == typeof(IHostedService))
            {
                yield return $"It registers the hosted service {service.ImplementationType?.Name}; background work is a job or a message.";
            }
            else if (!service.ServiceType.IsGenericTypeDefinition && hostServices.Any(h => h.ServiceType == service.ServiceType))
            {
                yield return $"It replaces the host service {service.ServiceType.Name}.";
            }
        }
    }
}
