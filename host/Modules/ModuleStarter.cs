using System.Reflection;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.Extensions.Hosting;
using Modular.Sdk;

namespace Modular.Host.Modules;

/// <summary>Loads one judged module, lets it declare itself and checks the declarations. Whatever it throws stays its own problem.</summary>
public static class ModuleStarter
{
    public static void Start(LoadedModule module, IServiceCollection hostServices)
    {
        try
        {
            var path = Path.Combine(module.Folder, module.Manifest.Assembly);
            var assembly = new ModuleLoadContext(Path.GetFullPath(path)).LoadFromAssemblyPath(Path.GetFullPath(path));
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
            if (Fault(module.Manifest, builder, types, hostServices) is { } fault)
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

    private static string? Fault(ModuleManifest manifest, ModuleBuilder builder, Type[] types, IServiceCollection hostServices)
    {
        var prefix = manifest.Id + ".";
        foreach (var permission in builder.Declared.Permissions)
        {
            if (!permission.Id.StartsWith(prefix, StringComparison.Ordinal) || permission.Id.Split('.').Length != 3)
            {
                return $"Its permission {permission.Id} must be named {manifest.Id}.noun.verb.";
            }

            if (permission.Presets.FirstOrDefault(p => !Roles.All.Contains(p)) is { } unknown)
            {
                return $"Its permission {permission.Id} is granted to the role preset {unknown}, which does not exist.";
            }
        }

        return ServiceFault(builder.Services, hostServices) ?? types.Where(t => t.IsAssignableTo(typeof(Slice)) && !t.IsAbstract)
            .Select(slice => SliceFault(slice, manifest.Id)).FirstOrDefault(fault => fault is not null);
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

    /// <summary>Every page stands below the module's own address and says who may open it.</summary>
    private static string? SliceFault(Type slice, string id)
    {
        foreach (var action in slice.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            foreach (var route in action.GetCustomAttributes().OfType<IRouteTemplateProvider>())
            {
                var template = route.Template?.TrimStart('/') ?? "";
                if (template != id && !template.StartsWith(id + "/", StringComparison.Ordinal))
                {
                    return $"Its page {slice.Name} answers to /{template}; a module's pages stand below /{id}.";
                }

                if (!HasRule(action) && !HasRule(slice))
                {
                    return $"Its page {slice.Name} ({action.Name}) declares no permission.";
                }
            }
        }

        return null;
    }

    private static bool HasRule(MemberInfo member) =>
        member.IsDefined(typeof(NeedsAttribute), true) || member.IsDefined(typeof(OpenToAttribute), true);
}
