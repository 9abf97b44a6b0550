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
            var fault = DeclarationCheck.Fault(module.Manifest, builder.Declared) ?? ServiceFault(builder.Services, hostServices) ?? SliceCheck.Fault(assembly, module.Id)
                ?? Letters.LetterDeclarations.Fault(module.Manifest, module.Folder, [.. builder.Declared.Letters.Select(l => l.Kind)])
                ?? FeatureCheck.Fault(module.Id, builder.Declared, assembly)
                ?? (SharedMessages.Of(module.Manifest) is { } messages ? MessageIds.Fault(messages.GetExportedTypes()) : null);
            if (fault is not null)
            {
                module.Refuse(ModuleStatus.Refused, fault);
                return;
            }

            module.Run(assembly, builder);
        }
        catch (ReflectionTypeLoadException e)
        {
            module.Refuse(ModuleStatus.NotSupported, $"A type it needs is missing: {e.LoaderExceptions.FirstOrDefault()?.Message}");
        }
        catch (Exception e)
        {
            // Contained on purpose: one module's failure must not keep the practice from its other pages.
            module.Refuse(ModuleStatus.Malfunctioned, $"It failed to start: {(e is TargetInvocationException { InnerException: { } inner } ? inner : e).Message}");
        }
    }

    private static string? ServiceFault(IServiceCollection services, IServiceCollection hostServices)
    {
        foreach (var service in services)
        {
            if (service.ServiceType == typeof(IHostedService))
            {
                return $"It registers the hosted service {service.ImplementationType?.Name}; background work is a job or a message.";
            }

            if (!service.ServiceType.IsGenericTypeDefinition && hostServices.Any(h => h.ServiceType == service.ServiceType))
            {
                return $"It replaces the host service {service.ServiceType.Name}.";
            }
        }

        return null;
    }
}
