using System.Reflection;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Razor.Compilation;
using Modular.Host.Api;
using Modular.Host.Installed;
using Modular.Sdk;

namespace Modular.Host.Loading;

/// <summary>Brings the modules' slices and views into MVC, each under the module's own name.</summary>
public static class ModuleMvc
{
    public static IMvcBuilder AddModules(this IMvcBuilder mvc, InstalledModules modules)
    {
        foreach (var module in modules.Running)
        {
            foreach (var part in ApplicationPartFactory.GetApplicationPartFactory(module.Assembly!).GetApplicationParts(module.Assembly!))
            {
                mvc.PartManager.ApplicationParts.Add(part);
            }
        }

        mvc.PartManager.FeatureProviders.Add(new ViewPrefixes(modules));
        mvc.AddMvcOptions(options => options.Conventions.Add(new SliceConvention(modules)));
        mvc.Services.Configure<RazorViewEngineOptions>(options => options.ViewLocationExpanders.Add(new SliceViews(modules)));
        return mvc;
    }

    /// <summary>Folder of a slice's views: the namespace below the assembly's root, under the module's id.</summary>
    public static string ViewFolder(Type slice, LoadedModule owner)
    {
        var root = slice.Assembly.GetName().Name!;
        var below = slice.Namespace!.Length > root.Length ? slice.Namespace[(root.Length + 1)..].Replace('.', '/') + "/" : "";
        return owner.Id == LoadedModule.CoreId ? $"/{below}" : $"/{owner.Id}/{below}";
    }

    /// <summary>Every endpoint knows its module; the gate asks for it.</summary>
    private sealed class SliceConvention(InstalledModules modules) : IControllerModelConvention
    {
        public void Apply(ControllerModel controller)
        {
            var owner = modules.Owner(controller.ControllerType) ?? throw new InvalidOperationException($"{controller.ControllerType} belongs to no module.");
            foreach (var selector in controller.Actions.SelectMany(a => a.Selectors))
            {
                selector.EndpointMetadata.Add(new ModuleMetadata(owner.Id));
            }

            if (controller.ControllerType.IsAssignableTo(typeof(ApiSlice)))
            {
                ApiEndpoints.Mark(controller);
            }
        }
    }

    /// <summary>View paths are global and the first wins silently: everything of a module moves below its id, and two views of one path stop the start.</summary>
    private sealed class ViewPrefixes(InstalledModules modules) : IApplicationFeatureProvider<ViewsFeature>
    {
        public void PopulateFeature(IEnumerable<ApplicationPart> parts, ViewsFeature feature)
        {
            // MVC's own provider listed the modules' compiled views unprefixed; only the host's may stay so.
            var own = feature.ViewDescriptors.Where(v => IsHost(v.Item?.Type.Assembly)).ToList();
            feature.ViewDescriptors.Clear();
            own.ForEach(feature.ViewDescriptors.Add);
            foreach (var module in modules.Running)
            {
                foreach (var item in ApplicationPartFactory.GetApplicationPartFactory(module.Assembly!).GetApplicationParts(module.Assembly!)
                    .OfType<IRazorCompiledItemProvider>().SelectMany(p => p.CompiledItems))
                {
                    feature.ViewDescriptors.Add(new(item) { RelativePath = $"/{module.Id}{item.Identifier}" });
                }
            }

            if (feature.ViewDescriptors.GroupBy(v => v.RelativePath, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            {
                throw new InvalidOperationException($"Two views have the path {twice.Key}.");
            }
        }

        private static bool IsHost(Assembly? assembly) => assembly == typeof(ModuleMvc).Assembly || assembly == typeof(Slice).Assembly;
    }

    private sealed class SliceViews(InstalledModules modules) : IViewLocationExpander
    {
        private const string Folder = "slice-folder";

        public void PopulateValues(ViewLocationExpanderContext context)
        {
            if (context.ActionContext.ActionDescriptor is ControllerActionDescriptor { ControllerTypeInfo: var slice } && modules.Owner(slice) is { } owner)
            {
                context.Values[Folder] = ViewFolder(slice, owner);
            }
        }

        public IEnumerable<string> ExpandViewLocations(ViewLocationExpanderContext context, IEnumerable<string> viewLocations)
        {
            if (context.Values.TryGetValue(Folder, out var folder))
            {
                yield return $"{folder}{{0}}.cshtml";
            }

            yield return "/Frame/{0}.cshtml";
            yield return "/Ui/{0}.cshtml";
        }
    }
}
